"""Everybody who may come to Acme's door, Cleo's association beside it, and words of theirs that
must never be seen by others.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
from litestar.types import ASGIApp

from infra.database import tenant_tx
from services.cases import handing_in, queries
from services.drafts import keeping
from services.evidence import copying
from services.evidence.receiving import posted_first
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Door, Role
from services.lifecycle.refusals import Refused
from services.tenants import grants, links, people, seats, tokens
from services.tenants.links import LinkRef, Scope
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.evidence.files import pieces, png
from tests.web.cast import TODAY, Filed, file, give, leo_of, open_acme, proof
from tests.web.visitor import Visitor, forms_of, sign_in, visiting

STAFF = (Role.VOLUNTEER, Role.CASEWORKER, Role.MANAGER, Role.AUDITOR)
CANARY = "CANARY"
HALF = {"facts": [f"{CANARY}-borealis"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A case, and the word that stands in all of its texts."""

    number: str
    token: str
    canary: str
    id: UUID
    piece: UUID


@dataclass(slots=True, kw_only=True)
class Caller:
    name: str
    client: httpx.AsyncClient = field(repr=False)
    slug: str = ""
    role: Role | None = None
    scope: Scope | None = None
    is_staff: bool = False
    bearer: str | None = field(default=None, repr=False)
    csrf: str = field(default="", repr=False)
    csrf_public: str = field(default="", repr=False)

    async def ask(self, method: str, path: str) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.bearer}"} if self.bearer else {}
        if method == "GET":
            return await self.client.get(path, headers=headers)
        inside = "/desk" in path or path.startswith(("/session/end", "/me"))
        csrf = self.csrf if inside and self.csrf else self.csrf_public
        data = {"csrf": csrf, "command_id": str(uuid4())}
        return await self.client.request(method, path, data=data, headers=headers)

    def sees(self, whose: str) -> bool:
        """Volunteers see what they took; the other roles every case of their association."""
        return whose == "own" or (whose == "unpermitted" and self.role is not Role.VOLUNTEER)

    def may_not_see(self, crowd: "Crowd") -> tuple[str, ...]:
        if self.role in STAFF and self.role is not Role.VOLUNTEER:
            return (crowd.foreign.canary,)
        if self.role is Role.VOLUNTEER or self.scope is not None:
            return (crowd.foreign.canary, crowd.other.canary)
        return (crowd.foreign.canary, crowd.other.canary, crowd.own.canary)


@dataclass(slots=True, kw_only=True)
class Crowd:
    acme: Organisation
    borealis: Organisation
    own: Told
    other: Told
    foreign: Told
    draft: str
    foreign_draft: str
    volunteer: UUID
    caseworker: UUID
    database: Database
    everybody: tuple[Caller, ...] = ()
    strangers: tuple[Caller, ...] = ()

    async def as_it_was(self) -> None:
        """Whoever took a case meanwhile gives it back."""
        for case, person in ((self.own, self.volunteer), (self.other, self.caseworker)):
            with suppress(Refused):
                await give(self.acme, filed_as(case), c.Assign(to=person))


@asynccontextmanager
async def gathered(app: ASGIApp, database: Database) -> AsyncIterator[Crowd]:
    async with AsyncExitStack() as stack:
        acme, borealis = await open_acme(), await open_acme()
        dara = await stack.enter_async_context(visiting(app))
        other = await told(dara, acme, "acme-other", 1)
        own = await told(dara, acme, "acme-own", 1)
        foreign = await told(dara, borealis, "borealis", 5)
        at_borealis = seats.public(tenant=borealis.tenant, slug="")
        found = [await staff(stack, app, database, acme, role) for role in STAFF]
        crowd = Crowd(
            acme=acme,
            borealis=borealis,
            own=own,
            other=other,
            foreign=foreign,
            draft=(await keeping.begin(seats.public(tenant=acme.tenant, slug=""), {})).token,
            foreign_draft=(await keeping.begin(at_borealis, HALF)).token,
            volunteer=found[0][1],
            caseworker=found[1][1],
            database=database,
        )
        await crowd.as_it_was()
        colleagues = [caller for caller, _ in found]
        outside = [await stranger(stack, app, acme) for _ in range(2)]
        crowd.strangers = (outside[0],)
        crowd.everybody = (
            *colleagues,
            await dismissed(stack, app, database, acme),
            await by_link(stack, app, acme, own, Scope.STATUS),
            await by_link(stack, app, acme, own, Scope.MERCHANT),
            *[await program(stack, app, acme, role) for role in (Role.CASEWORKER, Role.AUDITOR)],
            outside[1],
        )
        yield crowd


async def told(dara: Visitor, where: Organisation, name: str, nth: int) -> Told:
    """The nth complaint there, so that its number is none of the others'; every text is marked."""
    canary = f"{CANARY}-{name}"
    filed = [await file(dara, where, **marked(canary)) for _ in range(nth)]
    one = filed[-1]
    view = await queries.case(leo_of(where), one.number)
    await give(where, one, c.TakeOn())
    await give(where, one, c.Note(text=Words(text=canary)))
    sent = c.RecordFiling(door=Door.MERCHANT, on=TODAY, proof=proof(canary))
    await give(where, one, sent)
    piece = await evidence(where, view.id, canary)
    await give(where, one, c.ShareEvidence(piece=piece, shared=True))
    token = one.link.rsplit("/", 1)[1]
    return Told(number=one.number, token=token, canary=canary, id=view.id, piece=piece)


async def evidence(where: Organisation, case: UUID, canary: str) -> UUID:
    """A file of the consumer's, marked in its name and in its bytes."""
    dara = seats.consumer(tenant=where.tenant, slug=where.slug, case=case)
    upload, body = uuid4(), png() + canary.encode()
    assert await posted_first(dara, case=case, upload=upload)
    said = handing_in.Told(name=f"{canary}.png")
    await handing_in.hand_in(dara, case, said, upload=upload, chunks=pieces(body))
    owed = await copying.next_owed(where.tenant)
    assert owed
    await copying.draw(owed)
    (piece,) = (await queries.case(dara, case)).case.evidence
    return piece.id


def marked(canary: str) -> Mapping[str, Any]:
    names = ("facts", "consumer.name", "merchant.shop", "merchant.company", "order.number")
    return {**dict.fromkeys(names, canary), "consumer.email": f"{canary}@x.example".lower()}


def filed_as(one: Told) -> Filed:
    return Filed(number=one.number, link="")


async def staff(
    stack: AsyncExitStack, app: ASGIApp, database: Database, acme: Organisation, role: Role
) -> tuple[Caller, UUID]:
    visitor = await stack.enter_async_context(visiting(app))
    member = await sign_in(visitor, acme, database, role)
    page = await visitor.get(f"/{acme.slug}/desk/queue")
    caller = Caller(
        name=role.value,
        client=visitor.client,
        slug=acme.slug,
        role=role,
        is_staff=True,
        csrf=token_on(page),
        csrf_public=token_on(await visitor.get(f"/{acme.slug}/complaints/new")),
    )
    return caller, member.id


def token_on(page: httpx.Response) -> str:
    return forms_of(page.text)[0].fields["csrf"][0]


async def dismissed(
    stack: AsyncExitStack, app: ASGIApp, database: Database, acme: Organisation
) -> Caller:
    caller, person = await staff(stack, app, database, acme, Role.MANAGER)
    await people.disable(leo_of(acme), person)
    caller.name, caller.is_staff, caller.role = "dismissed", False, None
    return caller


async def stranger(stack: AsyncExitStack, app: ASGIApp, acme: Organisation) -> Caller:
    visitor = await stack.enter_async_context(visiting(app))
    page = await visitor.get(f"/{acme.slug}/complaints/new")
    return Caller(name="stranger", client=visitor.client, csrf_public=token_on(page))


async def by_link(
    stack: AsyncExitStack, app: ASGIApp, acme: Organisation, own: Told, scope: Scope
) -> Caller:
    caller = await stranger(stack, app, acme)
    ref = LinkRef(tenant=acme.tenant, case=own.id, scope=scope, generation=1)
    if scope is Scope.MERCHANT:
        async with tenant_tx(leo_of(acme)) as tx:
            await links.issue(tx, ref)
    grant = grants.begin(ref, number=own.number, checked=True, now=datetime.now(UTC))
    caller.client.cookies.set(
        "grants",
        grants.write([grant]),
    )
    caller.name, caller.scope = f"{scope} link", scope
    return caller


async def program(stack: AsyncExitStack, app: ASGIApp, acme: Organisation, role: Role) -> Caller:
    caller = await stranger(stack, app, acme)
    seat = seats.operator(tenant=acme.tenant, slug=acme.slug)
    caller.bearer = (await tokens.issue(seat, name="matrix", role=role)).token
    caller.name, caller.role, caller.slug = f"program of a {role}", role, acme.slug
    return caller
