"""Terminal commands that look after cases: proving the ledger, and waking their clocks again."""

import sys
from dataclasses import asdict
from typing import Any
from uuid import UUID

import click

from infra.database import platform_tx
from infra.settings import Settings
from services.cases import verify as proving
from services.cases.checks.findings import Finding
from services.cases.roots import verify_roots
from services.tenants import keys, organisations
from services.tenants.keys import Purpose
from web.terminal import answer, as_json, at_the_database, organisation_named
from workflows import rebuild


@click.command()
@click.option("--org", "slug", help="One organisation; otherwise all.")
@click.option("--all", "everyone", is_flag=True, help="All organisations (the default).")
@as_json
def verify(slug: str | None, everyone: bool, json: bool) -> None:
    """Tell every case again from its events, and compare with what is stored. 1: it differs."""
    if slug and everyone:
        raise click.UsageError("--org or --all, not both.")

    async def work(_: Settings) -> dict[str, list[dict[str, Any]]]:
        if slug:
            tenants = {slug: (await organisation_named(slug)).tenant}
        else:
            tenants = {o.slug: o.tenant for o in await organisations.everyone()}
        return {
            name: [asdict(finding) for finding in await proved(tenant)]
            for name, tenant in tenants.items()
        }

    found = at_the_database(work)
    text = "\n".join(f"{name}: {len(rows)} findings {rows or ''}" for name, rows in found.items())
    answer(found, text or "no organisation so far", json=json)
    sys.exit(1 if any(found.values()) else 0)


async def proved(tenant: UUID) -> tuple[Finding, ...]:
    """The cases against their events, and the events against their seals."""
    sealed = await verify_roots(tenant, key=keys.key(Purpose.ROOTS))
    return (*await proving.verify(tenant), *sealed)


@click.command("rebuild-workflows")
@click.option("--dry-run", is_flag=True, help="Only say how many.")
@as_json
def rebuild_workflows(dry_run: bool, json: bool) -> None:
    """Give every open case its clock again; what has one is only told to look once more."""

    async def work(_: Settings) -> int:
        return await rebuild.rebuild(dry_run=dry_run)

    count = at_the_database(work)
    answer({"cases": count, "dry_run": dry_run}, f"{count} open cases", json=json)


@click.command()
@as_json
def doctor(json: bool) -> None:
    """Whether the parts answer, with what each says. 1: one does not."""

    async def work(settings: Settings) -> dict[str, str]:
        async with platform_tx() as tx:
            version = await tx.fetchval("select current_setting('server_version')")
        temporal = settings.temporal.address if settings.temporal_or_none else "not configured"
        mail = "configured" if settings.smtp_url else "not configured"
        return {"database": f"PostgreSQL {version}", "temporal": temporal, "mail": mail}

    found = at_the_database(work)
    answer(found, "\n".join(f"{part:<10} {said}" for part, said in found.items()), json=json)
