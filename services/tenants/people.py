"""The staff of an organisation. Whoever loses a role or a key loses every session with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from infra.database import Tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.lifecycle.kinds import Role
from services.tenants import second_factor, sessions, tokens
from services.tenants.refusals import Denial, Denied
from services.tenants.seats import Seat, may_administer
from services.tenants.tables import Person as Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: UUID
    email: str
    name: str
    role: Role
    enrolled: bool
    disabled: bool


async def everybody(seat: Seat) -> tuple[Person, ...]:
    async with tenant_tx(seat):
        rows = await Row.select().order_by(Row.name, Row.id)
    return tuple(person_of(row) for row in rows)


async def by_id(tx: Tx, person: UUID) -> Person:
    row = await tx.fetchrow("select * from person where id = $1", person)
    if row is None:
        raise Denied(Denial.NO_SUCH_PERSON)
    return person_of(row)


def person_of(row: Mapping[str, Any]) -> Person:
    return Person(
        id=row["id"],
        email=row["email"],
        name=row["name"],
        role=Role(row["role"]),
        enrolled=row["totp_last_step"] is not None,
        disabled=row["disabled_at"] is not None,
    )


async def change_role(seat: Seat, person: UUID, role: Role) -> None:
    may_administer(seat, giving=role)
    async with tenant_tx(seat) as tx:
        before = await by_id(tx, person)
        may_administer(seat, giving=before.role)
        if role is not Role.MANAGER:
            await keep_a_manager(tx, without=person)
        await Row.update({Row.role: role.value}).where(Row.id == person)
        await lock_out(tx, person)
        told = {"person": person, "from": before.role.value, "to": role.value}
        await chain.record(tx, Kind.ROLE_CHANGED, told)


async def disable(seat: Seat, person: UUID) -> None:
    may_administer(seat)
    async with tenant_tx(seat) as tx:
        may_administer(seat, giving=(await by_id(tx, person)).role)
        await keep_a_manager(tx, without=person)
        await Row.update({Row.disabled_at: tx.real_now}).where(Row.id == person)
        await lock_out(tx, person)
        await chain.record(tx, Kind.PERSON_DISABLED, {"person": person})


async def enable(seat: Seat, person: UUID) -> None:
    may_administer(seat)
    async with tenant_tx(seat) as tx:
        may_administer(seat, giving=(await by_id(tx, person)).role)
        await Row.update({Row.disabled_at: None}).where(Row.id == person)
        await chain.record(tx, Kind.PERSON_ENABLED, {"person": person})


async def reset_second_factor(seat: Seat, person: UUID) -> None:
    """For a lost phone: the next sign-in with the password enrols another one."""
    may_administer(seat)
    async with tenant_tx(seat) as tx:
        may_administer(seat, giving=(await by_id(tx, person)).role)
        await second_factor.forget(tx, person)
        await sessions.end_all(tx, person)
        await chain.record(tx, Kind.SECOND_FACTOR_RESET, {"person": person})


async def lock_out(tx: Tx, person: UUID) -> None:
    """Everything that was opened under the old role is shut."""
    await sessions.end_all(tx, person)
    await tokens.revoke_all(tx, person)


async def keep_a_manager(tx: Tx, *, without: UUID) -> None:
    """Locks all of them, so that two cannot remove each other."""
    managers = await tx.fetch(
        """select id from person where role = 'manager' and disabled_at is null
        order by id for update"""
    )
    left = {row["id"] for row in managers} - {without}
    if managers and not left:
        raise Denied(Denial.LAST_MANAGER)
