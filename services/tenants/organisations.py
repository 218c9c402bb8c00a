"""The associations that share this installation, each behind its own address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from infra.database import Login, platform_tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.tenants import fit, seats
from services.tenants.refusals import Denial, Denied
from services.tenants.seats import Seat
from services.tenants.tables import Tenant as Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    tenant: UUID
    slug: str
    name: str
    prefix: str
    hue: int
    zone: str
    demo: bool
    clock_offset: timedelta
    mediates: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the platform knows of an organisation without asking in its name."""

    tenant: UUID
    slug: str
    demo: bool


async def create(
    *,
    name: str,
    slug: str,
    prefix: str = "",
    hue: int = fit.HUE,
    zone: str = "Asia/Shanghai",
    mediates: bool = False,
    demo: bool = False,
    clock_offset: timedelta = timedelta(0),
) -> UUID:
    """A demo may begin in the past; every other clock is the real one."""
    if clock_offset and not demo:
        raise Denied(Denial.NOT_A_DEMO)
    tenant = uuid4()
    row = partial(
        Row,
        tenant_id=tenant,
        slug=fit.slug(slug),
        name=fit.name(name),
        prefix=fit.prefix(prefix),
        hue=fit.hue(hue),
        zone=fit.zone(zone),
        demo=demo,
        clock_offset=clock_offset,
        settings={"mediates": mediates},
    )
    try:
        async with tenant_tx(seats.operator(tenant=tenant, slug=slug)) as tx:
            await Row.insert(row(created_at=tx.real_now))
            await chain.record(tx, Kind.ORGANISATION_CREATED, {"slug": slug})
    except asyncpg.UniqueViolationError:
        raise Denied(Denial.SLUG_TAKEN) from None
    return tenant


async def by_slug(slug: str, *, login: Login = Login.APP) -> Organisation | None:
    """Whose address this is. A function of the database answers: nobody may look through all."""
    if not fit.SLUG.fullmatch(slug):
        return None
    async with platform_tx(login) as tx:
        tenant = await tx.fetchval("select tenant_by_slug($1)", slug)
    return await by_id(tenant, login=login) if tenant else None


async def by_id(tenant: UUID, *, login: Login = Login.APP) -> Organisation | None:
    async with tenant_tx(replace(seats.threshold(tenant=tenant), login=login)):
        row = await Row.select().first()
    return organisation_of(row) if row else None


def organisation_of(row: Mapping[str, Any]) -> Organisation:
    return Organisation(
        tenant=row["tenant_id"],
        slug=row["slug"],
        name=row["name"],
        prefix=row["prefix"],
        hue=row["hue"],
        zone=row["zone"],
        demo=row["demo"],
        clock_offset=row["clock_offset"],
        mediates=row["settings"].get("mediates", False),
    )


async def everyone(*, login: Login = Login.APP) -> tuple[Listing, ...]:
    async with platform_tx(login) as tx:
        rows = await tx.fetch("select tenant_id as tenant, slug, demo from tenant_list()")
    return tuple(Listing(**row) for row in rows)


async def revise(seat: Seat, *, name: str, prefix: str, hue: int, mediates: bool) -> None:
    values = (fit.name(name), fit.prefix(prefix), fit.hue(hue), {"mediates": mediates})
    async with tenant_tx(seat) as tx:
        await tx.execute(
            "update tenant set name = $1, prefix = $2, hue = $3, settings = settings || $4", *values
        )
        await chain.record(tx, Kind.ORGANISATION_CHANGED, {"mediates": int(mediates)})


async def advance_clock(seat: Seat, by: timedelta) -> datetime:
    """Only for demonstrations and tests. Answers their new time; wake their cases afterwards."""
    if by <= timedelta(0):
        raise Denied(Denial.CLOCK_ONLY_FORWARD)
    async with tenant_tx(seat) as tx:
        moved = await tx.fetchval(
            "update tenant set clock_offset = clock_offset + $1 where demo returning true", by
        )
        if not moved:
            raise Denied(Denial.NOT_A_DEMO)
        await chain.record(tx, Kind.CLOCK_ADVANCED, {"seconds": int(by.total_seconds())})
        return await tx.read_clock()
