"""Every hour the heads of all chains are sealed, and the seal is also kept outside the database."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from infra.database import Login
from infra.folders import private
from infra.settings import Settings
from services.cases.roots import Root, sign_roots
from services.tenants import keys, organisations
from services.tenants.keys import Purpose

EVERY: Final = timedelta(minutes=10)
FOLDER: Final = "seals"


async def seal(settings: Settings) -> None:
    """Said more often than hourly, it finds the hour sealed already and writes nothing new."""
    for listing in await organisations.everyone(login=Login.WORKER):
        root = await sign_roots(listing.tenant, key=keys.key(Purpose.ROOTS))
        keep(settings.home / FOLDER, listing.tenant, root)


def keep(folder: Path, tenant: UUID, root: Root) -> None:
    """One line an hour; whoever rewrites the database must find this file, too."""
    private(folder)
    told = {
        "hour": root.hour.isoformat(),
        "root": root.root.hex(),
        "signature": root.signature.hex(),
    }
    line = json.dumps(told) + "\n"
    file = folder / f"{tenant}.jsonl"
    if not file.exists() or line not in file.read_text():
        with file.open("a") as kept:
            kept.write(line)
