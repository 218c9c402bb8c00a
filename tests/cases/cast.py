"""The cast at the real ledger: Ana handles, Leo leads, Vera helps, Dara complains."""

from dataclasses import dataclass, replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from infra.database import tenant_tx
from services.cases import ledger
from services.cases.receipts import Receipt
from services.lifecycle import commands as c
from services.lifecycle.commands import Command
from services.lifecycle.facts import Complaint, PlaybookRef
from services.lifecycle.kinds import Role
from services.playbooks import library
from services.tenants import keys, seats
from services.tenants.seats import Seat
from tests.cases.ladder import LADDER
from tests.database import make_tenant
from tests.lifecycle import cast

KEYS = SimpleNamespace(secret_key=b"s" * 32, master_key=b"m" * 32)
LADDER_REF = PlaybookRef(id="ladder", version=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Org:
    """One association, its playbook published and its people seated."""

    tenant: UUID
    leo: Seat
    ana: Seat
    vera: Seat
    otto: Seat
    public: Seat
    clock: Seat

    def dara(self, receipt: Receipt) -> Seat:
        return seats.consumer(tenant=self.tenant, slug="acme", case=receipt.case_id)

    def shop(self, receipt: Receipt) -> Seat:
        return seats.merchant(tenant=self.tenant, slug="acme", case=receipt.case_id)


async def make_org(*texts: str) -> Org:
    keys.use(KEYS)
    tenant = await make_tenant()
    operator = seats.operator(tenant=tenant)
    for text in texts or (LADDER,):
        await library.publish(operator, text)
    people = {
        role: await hire(operator, role, name)
        for role, name in (
            (Role.MANAGER, "Leo"),
            (Role.CASEWORKER, "Ana"),
            (Role.VOLUNTEER, "Vera"),
            (Role.AUDITOR, "Otto"),
        )
    }
    return Org(
        tenant=tenant,
        leo=people[Role.MANAGER],
        ana=people[Role.CASEWORKER],
        vera=people[Role.VOLUNTEER],
        otto=people[Role.AUDITOR],
        public=seats.public(tenant=tenant, slug="acme"),
        clock=seats.clock(tenant=tenant),
    )


async def hire(seat: Seat, role: Role, name: str) -> Seat:
    person = uuid4()
    async with tenant_tx(seat) as tx:
        await tx.execute(
            "insert into person (tenant_id, id, email, name, role) values ($1, $2, $3, $4, $5)",
            *(seat.tenant, person, f"{person.hex}@example.org", name, role),
        )
    return seats.staff(tenant=seat.tenant, slug="acme", person=person, role=role)


def filing(**more: Any) -> c.File:
    return c.File(complaint=complaint(**more), playbook=library.CHOOSE)


def complaint(**more: Any) -> Complaint:
    body = cast.complaint(**more)
    consumer = replace(body.consumer, email=cast.words("dara@example.org"))
    return replace(body, consumer=consumer)


async def file(org: Org, **more: Any) -> Receipt:
    return await ledger.apply(org.public, None, filing(**more), command_id=uuid4())


async def give(seat: Seat, case: Receipt, command: Command, **more: Any) -> Receipt:
    return await ledger.apply(seat, case.number, command, command_id=uuid4(), **more)


async def wait(org: Org, time: timedelta) -> None:
    """The clock of a test tenant is moved on."""
    async with tenant_tx(seats.operator(tenant=org.tenant)) as tx:
        await tx.execute("update tenant set clock_offset = clock_offset + $1", time)
