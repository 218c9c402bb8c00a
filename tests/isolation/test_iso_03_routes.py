"""ISO-03 for pages, API and everything else that the router knows: whoever asks for whatever, the
answer is as declared, and nobody hears a word that is not theirs.
"""

import copy
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from statistics import median
from time import perf_counter
from typing import Any, cast

import httpx
import pytest
from litestar.handlers import HTTPRouteHandler

from infra import storage
from infra.assets import build as assets
from infra.assets.manifest import BUILT
from infra.settings import Settings, load
from services.cases import ledger, queries
from services.lifecycle.kinds import Role
from services.tenants import keys
from services.tenants.links import Scope
from services.tenants.seats import STAFF
from tests.database import Database
from tests.isolation.crowd import Crowd, gathered
from tests.isolation.matrix import Cell, Whose, cells, faults, told_apart
from tests.web.visitor import BASE
from web import admission, grants
from web.access import Door, Of, Undeclared, access_of
from web.app import PAGES, build, handlers_of, make_app
from web.outer import Outer
from web.static_files import StaticFiles

HANDLERS = {f"{'+'.join(sorted(h.http_methods))} {min(h.paths)}": h for h in handlers_of(PAGES)}
GUARDED = [
    name
    for name, handler in HANDLERS.items()
    if access_of(handler).door in (Door.STAFF, Door.LINK, Door.TOKEN)
]
ALSO_ASKS_THE_LAW = {
    "POST /api/v1/complaints",
    "GET /{org:str}/desk/cases/{number:str}/{noun:str}",
    "POST /{org:str}/desk/cases/{number:str}/{noun:str}",
    "POST /{org:str}/desk/cases/{number:str}/evidence",
}
"""Where the role is asked a second time, so that the first guard alone could fall unseen."""
BEHIND_A_LINK = [name for name in GUARDED if access_of(HANDLERS[name]).door is Door.LINK]
OF_A_CASE = [name for name in GUARDED if Of.CASE in access_of(HANDLERS[name]).objects.values()]
AT_THE_DESK = [name for name in OF_A_CASE if access_of(HANDLERS[name]).door is Door.STAFF]


def roles_of(name: str) -> frozenset[Role]:
    return access_of(HANDLERS[name]).roles


@pytest.fixture(scope="module")
def settings(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    assets.main()
    home = str(tmp_path_factory.mktemp("home"))
    settings = load({"REDRESS_HOME": home, "REDRESS_DATABASE_URL": database.settings.app})
    keys.use(settings)
    storage.use(settings)
    return settings


@pytest.fixture(scope="module")
async def crowd(settings: Settings, database: Database) -> AsyncIterator[Crowd]:
    async with gathered(make_app(settings), database) as everybody:
        yield everybody


async def wrong(handler: HTTPRouteHandler, crowd: Crowd) -> list[str]:
    return [fault async for cell in cells(handler, crowd) for fault in faults(cell, crowd)]


@pytest.mark.parametrize("name", HANDLERS)
async def test_every_answer_is_as_declared_and_tells_nothing_foreign(crowd: Crowd, name: str):
    before = await digest(crowd)

    assert await wrong(HANDLERS[name], crowd) == []

    assert await digest(crowd) == before


async def digest(crowd: Crowd) -> dict[str, str]:
    """Everything that Borealis has, table by table."""
    found: dict[str, str] = {}
    async with crowd.database.as_owner() as owner:
        tables = await owner.fetch(
            "select table_name as name from information_schema.columns "
            "where column_name = 'tenant_id' and table_schema = 'public'"
        )
        for table in tables:
            found[table["name"]] = await owner.fetchval(
                f"select md5(string_agg(t::text, '' order by t::text)) from {table['name']} t "
                "where tenant_id = $1",
                crowd.borealis.tenant,
            )
    return found


@pytest.mark.parametrize("name", OF_A_CASE)
async def test_foreign_and_random_ids_are_answered_alike(crowd: Crowd, name: str):
    by_caller: dict[str, list[Cell]] = {}
    async for cell in cells(HANDLERS[name], crowd):
        house = crowd.acme.slug in cell.path or "{org" not in cell.template
        if cell.whose in (Whose.FOREIGN, Whose.RANDOM) and house:
            by_caller.setdefault(f"{cell.caller.name} {cell.method}", []).append(cell)

    for alike in by_caller.values():
        assert not any(told_apart(alike[0], other) for other in alike[1:]), alike


async def test_foreign_and_random_take_the_same_time(crowd: Crowd):
    caseworker = next(c for c in crowd.everybody if c.name == "caseworker")
    base = f"/{crowd.acme.slug}/desk/cases"
    took: dict[str, list[float]] = {crowd.foreign.number: [], "2026-99999": []}

    for _ in range(100):
        for number, times in took.items():
            began = perf_counter()
            await caseworker.ask("GET", f"{base}/{number}")
            times.append(perf_counter() - began)

    foreign, unknown = (median(times) for times in took.values())
    assert abs(foreign - unknown) < max(0.005, unknown / 5), "a busy machine is slow for both"


def test_a_route_that_does_not_declare_itself_is_not_built(settings: Settings):
    silent = copy.copy(HANDLERS["GET /{org:str}/desk"])
    silent.opt = {}

    with pytest.raises(Undeclared):
        build(settings, [silent])


async def test_a_route_with_an_id_of_an_unknown_kind_stops_the_matrix(crowd: Crowd):
    strange = declared("GET /{org:str}/desk/cases/{number:str}", objects={"number": Of.LETTER})

    with pytest.raises(KeyError):
        await wrong(strange, crowd)


def declared(name: str, **changes: Any) -> HTTPRouteHandler:
    handler = copy.copy(HANDLERS[name])
    handler.opt = {**handler.opt, "access": replace(access_of(handler), **changes)}
    return handler


@pytest.fixture
def mutated(settings: Settings, crowd: Crowd) -> Iterator[Callable[..., None]]:
    """Puts the same crowd before an application in which one route is declared otherwise."""
    before = [(caller, caller.client) for caller in (*crowd.everybody, *crowd.strangers)]

    def with_route(name: str, **changes: Any) -> None:
        others = [handler for other, handler in HANDLERS.items() if other != name]
        app = cast(Any, build(settings, [*others, declared(name, **changes)]))
        outer = Outer(app=app, settings=settings, static=StaticFiles(BUILT))
        for caller, client in before:
            transport = httpx.ASGITransport(cast(Any, outer))
            caller.client = httpx.AsyncClient(
                transport=transport, base_url=BASE, cookies=client.cookies
            )

    yield with_route
    for caller, client in before:
        caller.client = client


@pytest.mark.parametrize("name", GUARDED)
async def test_a_route_without_its_guard_is_noticed(
    crowd: Crowd, mutated: Callable[..., None], name: str
):
    mutated(name, door=Door.PUBLIC)

    assert await wrong(HANDLERS[name], crowd) != []


@pytest.mark.parametrize("name", [n for n in GUARDED if 0 < len(roles_of(n)) < len(STAFF)])
async def test_a_role_too_many_is_noticed_or_stopped_by_the_law(
    crowd: Crowd, mutated: Callable[..., None], name: str
):
    mutated(name, roles=frozenset(STAFF))

    assert (await wrong(HANDLERS[name], crowd) == []) is (name in ALSO_ASKS_THE_LAW)


@pytest.mark.parametrize("name", BEHIND_A_LINK)
async def test_a_link_for_something_else_is_noticed(
    crowd: Crowd, mutated: Callable[..., None], name: str
):
    is_merchants = access_of(HANDLERS[name]).scope is Scope.MERCHANT
    mutated(name, scope=Scope.STATUS if is_merchants else Scope.MERCHANT)

    assert await wrong(HANDLERS[name], crowd) != []


async def test_a_house_that_nobody_compares_is_noticed(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(admission, "require_organisation", lambda *_: None)

    assert await wrong(HANDLERS["GET /{org:str}/desk"], crowd) != []


@pytest.mark.parametrize("name", [n for n in AT_THE_DESK if Role.VOLUNTEER in roles_of(n)])
async def test_a_case_that_anybody_of_the_house_may_read_is_noticed(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch, name: str
):
    for module in (queries, ledger):
        monkeypatch.setattr(module, "may_see", lambda *_, **__: True)

    assert await wrong(HANDLERS[name], crowd) != []


@pytest.mark.parametrize("name", BEHIND_A_LINK)
async def test_a_link_that_opens_every_number_is_noticed(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch, name: str
):
    monkeypatch.setattr(grants, "held_for", lambda connection, _: grants.held(connection)[-1])

    assert await wrong(HANDLERS[name], crowd) != []
