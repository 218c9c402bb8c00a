"""`python -m tests.infra.ordinary_user FOLDER`: the embedded server without any privilege.

As root it becomes `nobody` first, after all imports: our Python may lie where nobody can read."""

import asyncio
import encodings.idna  # noqa: F401 - asyncpg's connect would import it too late
import os
import pwd
import sys
from pathlib import Path

import asyncpg

from infra.postgres import Server
from infra.postgres_place import Place, binaries, private_folder, server_user


def main() -> int:
    folder = Path(sys.argv[1])
    programs = binaries(server_user())
    if os.geteuid() == 0:
        become_nobody(folder)
    server = Server(
        Place(
            binaries=programs,
            data=folder / "18",
            sockets=private_folder(folder / "socket", None),
            log=folder / "postgres.log",
            user=None,
        )
    )
    try:
        server.start()
        asyncio.run(say_who_owns_it(server))
        server.kill()
        server.start()
        asyncio.run(say_who_owns_it(server))
    finally:
        server.stop()
    return 0


def become_nobody(folder: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)


async def say_who_owns_it(server: Server) -> None:
    connection = await asyncpg.connect(server.url())
    name = await connection.fetchval("select current_database()")
    await connection.close()
    owner = server.place.data.stat().st_uid
    sys.stdout.write(f"{name} {owner == os.geteuid()} {owner != 0}\n")


if __name__ == "__main__":
    sys.exit(main())
