"""ISO-03: every route of the router × who asks × whose id stands in the path. A route that gains an
id of a new kind, or a door that is new, stops the matrix until it is told what to expect.
"""

import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import httpx
from litestar.handlers import HTTPRouteHandler

from tests.isolation.crowd import Caller, Crowd
from web.access import Access, Door, Of, access_of

MALFORMED = "%F0%9F%92%A9'%20or%201=1"
NOUNS = {"/s/": "withdrawal", "/{org:str}/desk/": "note"}
SECOND_CHECK = "/check"
NOT_A_FORM_WITH_FILES = frozenset({415})
VOLATILE = re.compile(
    r"[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16}"
)


class Whose(StrEnum):
    """Whose is the thing that the path names."""

    OWN = "own"
    UNPERMITTED = "unpermitted"
    FOREIGN = "foreign"
    RANDOM = "random"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One request of the matrix, and what came of it."""

    method: str
    template: str
    access: Access
    caller: Caller
    whose: Whose
    path: str
    answer: httpx.Response = field(repr=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path} as {self.caller.name}, {self.whose}: {self.answer}"


async def cells(handler: HTTPRouteHandler, crowd: Crowd) -> AsyncIterator[Cell]:
    access = access_of(handler)
    for template in sorted(handler.paths):
        for method in sorted(handler.http_methods - {"HEAD", "OPTIONS"}):
            for whose, path in addresses(template, access.objects, crowd):
                for caller in callers(access, method, crowd):
                    answer = await asked(caller, method, path, access)
                    yield Cell(
                        method=method,
                        template=template,
                        access=access,
                        caller=caller,
                        whose=whose,
                        path=path,
                        answer=answer,
                    )
            await crowd.as_it_was()


async def asked(caller: Caller, method: str, path: str, access: Access) -> httpx.Response:
    """What only a page of ours can post or show is looked for on that page."""
    if access.signed:
        page = await caller.ask("GET", path.partition("/pictures/")[0])
        place = re.search(r'src="([^"]*/pictures/1\?until=[^"]*)"', page.text)
        return await caller.ask(method, place[1] if place else path)
    if access.ticketed and method == "POST":
        page = await caller.ask("GET", path)
        ticket = re.search(r'action="[^"]*(\?ticket=[^"]*)"', page.text)
        return await caller.ask(method, f"{path}{ticket[1]}" if ticket else path)
    return await caller.ask(method, path)


def callers(access: Access, method: str, crowd: Crowd) -> Iterable[Caller]:
    """Pages for everybody are asked by a stranger only: what they do has nothing to do with who."""
    if access.door in (Door.PUBLIC, Door.HEALTH) or (method == "POST" and not access.objects):
        return crowd.strangers
    return crowd.everybody


def addresses(
    template: str, objects: Mapping[str, Of], crowd: Crowd
) -> Iterator[tuple[Whose, str]]:
    """The path with each kind of id in it; what is not an id has a value of its own."""
    varied = [name for name, of in objects.items() if of is not Of.OURS]
    if not varied:
        yield Whose.OWN, filled(template, {}, crowd)
        return
    for whose in Whose:
        if whose is Whose.FOREIGN and Of.DRAFT in objects.values():
            continue  # who holds the link of a draft is its writer, whichever house it is for
        ids = {name: id_of(objects[name], whose, crowd) for name in varied}
        if None not in ids.values():
            yield whose, filled(template, ids, crowd)
    if Of.ORGANISATION in objects.values() and len(varied) > 1:
        own_house = {n: id_of(objects[n], Whose.FOREIGN, crowd) for n in varied}
        house = next(name for name in varied if objects[name] is Of.ORGANISATION)
        yield Whose.FOREIGN, filled(template, {**own_house, house: crowd.acme.slug}, crowd)


def id_of(of: Of, whose: Whose, crowd: Crowd) -> str | None:
    """Raises `KeyError` for a kind of object that the matrix does not know so far."""
    known: Mapping[Of, Mapping[Whose, str]] = {
        Of.ORGANISATION: {
            Whose.OWN: crowd.acme.slug,
            Whose.UNPERMITTED: crowd.acme.slug,
            Whose.FOREIGN: crowd.borealis.slug,
            Whose.RANDOM: "nobody-here",
        },
        Of.CASE: {
            Whose.OWN: crowd.own.number,
            Whose.UNPERMITTED: crowd.other.number,
            Whose.FOREIGN: crowd.foreign.number,
            Whose.RANDOM: "2026-99999",
        },
        Of.LINK: {
            Whose.OWN: crowd.own.token,
            Whose.FOREIGN: crowd.foreign.token,
            Whose.RANDOM: "7" * 26,
        },
        Of.DRAFT: {
            Whose.OWN: crowd.draft,
            Whose.UNPERMITTED: crowd.draft,
            Whose.FOREIGN: crowd.foreign_draft,
            Whose.RANDOM: "7" * 26,
        },
        Of.INVITATION: {Whose.RANDOM: "7" * 26},
        Of.SESSION: {Whose.RANDOM: "7" * 64},
        Of.EVIDENCE: {
            Whose.OWN: str(crowd.own.piece),
            Whose.UNPERMITTED: str(crowd.other.piece),
            Whose.FOREIGN: str(crowd.foreign.piece),
            Whose.RANDOM: "0" * 32,
        },
    }
    if whose is Whose.MALFORMED:
        return MALFORMED if of in known else known[of][whose]
    return known[of].get(whose)


def filled(template: str, ids: Mapping[str, str | None], crowd: Crowd) -> str:
    noun = next((noun for start, noun in NOUNS.items() if template.startswith(start)), "")
    values = {
        "noun": noun,
        "sheet": "200.css",
        "part": "story",
        "consent": "mandate",
        "way": "email",
        "no": "1",
        **ids,
    }
    return re.sub(r"\{(\w+):\w+\}", lambda gap: str(values[gap[1]]), template)


def faults(cell: Cell, crowd: Crowd) -> Iterator[str]:
    """What is wrong with this answer; nothing is as it must be."""
    status = cell.answer.status_code
    if status not in expected(cell):
        yield f"{cell}: expected one of {sorted(expected(cell))}"
    told = told_by(cell.answer)
    for canary in cell.caller.may_not_see(crowd):
        if canary in told:
            yield f"{cell}: tells {canary}"


def told_by(answer: httpx.Response) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.multi_items())
    return f"{headers}\n{answer.text}"


def expected(cell: Cell) -> frozenset[int]:
    access, caller = cell.access, cell.caller
    match access.door:
        case Door.HEALTH:
            return frozenset({200, 503})
        case Door.PUBLIC:
            return frozenset({200, 303, 400, 404, 422})
        case Door.INTAKE:
            is_there = cell.whose not in (Whose.RANDOM, Whose.MALFORMED)
            return frozenset({200, 303, 404, 422}) if is_there else frozenset({404})
        case Door.STAFF:
            return for_staff(cell)
        case Door.LINK:
            if caller.scope is not access.scope or cell.whose is not Whose.OWN:
                return frozenset({401, 303} if cell.method == "GET" else {401})
            done = {303} if cell.method == "POST" else set()
            return NOT_A_FORM_WITH_FILES if is_upload(cell) else frozenset({200, 422} | done)
        case Door.TOKEN:
            return for_programs(cell)


def for_staff(cell: Cell) -> frozenset[int]:
    """In this order: signed in, in this house, in this role, and the case is theirs to see."""
    caller, whose = cell.caller, cell.whose
    if not caller.is_staff:
        return frozenset({303} if cell.method == "GET" else {401})
    if not cell.path.startswith((f"/{caller.slug}/", "/session", "/me")):
        return frozenset({404})
    if caller.role not in cell.access.roles:
        return frozenset({403})
    if Of.SESSION in cell.access.objects.values():
        return frozenset({422})
    if Of.CASE not in cell.access.objects.values():
        return frozenset({200, 303} if cell.method == "GET" else {200, 303, 422})
    if is_upload(cell):
        return NOT_A_FORM_WITH_FILES if caller.sees(whose) else frozenset({403})
    return frozenset({200, 204, 303, 422}) if caller.sees(whose) else frozenset({404})


def is_upload(cell: Cell) -> bool:
    """Let in with a ticket of its page, which the matrix then sends without a file."""
    return cell.access.ticketed and cell.method == "POST"


def for_programs(cell: Cell) -> frozenset[int]:
    caller, whose = cell.caller, cell.whose
    if caller.bearer is None:
        return frozenset({401})
    if caller.role not in cell.access.roles:
        return frozenset({403})
    if Of.CASE not in cell.access.objects.values():
        return frozenset({200, 400, 422})
    if cell.method == "POST":
        return frozenset({400, 404, 422})
    return frozenset({200}) if caller.sees(whose) else frozenset({404})


def told_apart(one: Cell, two: Cell) -> bool:
    """Whether two answers differ in more than what differs between any two answers."""
    return (one.answer.status_code, plain(one)) != (two.answer.status_code, plain(two))


def plain(cell: Cell) -> str:
    return VOLATILE.sub("…", cell.answer.text.replace(cell.path, "PATH"))
