"""The hourly seal: the same hour is sealed once, and a rewritten history no longer fits it."""

from datetime import timedelta
from pathlib import Path

from services.cases.roots import verify_roots
from services.tenants import keys
from services.tenants.keys import Purpose
from tests.cases.cast import file, make_org, wait
from tests.database import Database
from tests.web.api_client import settings_of
from workflows import seals

HOURS = timedelta(hours=2)


async def test_an_hour_is_sealed_once_and_a_rewritten_history_is_found(
    database: Database, tmp_path: Path
) -> None:
    settings = settings_of(tmp_path, database)
    org = await make_org()
    await file(org)
    await wait(org, HOURS)

    await seals.seal(settings)
    await seals.seal(settings)
    sound = await verify_roots(org.tenant, key=keys.key(Purpose.ROOTS))
    async with database.as_owner() as owner:
        await owner.execute("alter table case_event disable trigger all")
        await owner.execute("update case_event set hash = sha256(hash)")
    rewritten = await verify_roots(org.tenant, key=keys.key(Purpose.ROOTS))

    kept = (tmp_path / "seals" / f"{org.tenant}.jsonl").read_text().splitlines()
    assert len(kept) == 1
    assert sound == ()
    assert [finding.what for finding in rewritten] == ["history_rewritten"]
