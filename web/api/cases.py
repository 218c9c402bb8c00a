"""JSON over the same ledger and the same readers as the pages; one token, one organisation."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from litestar import Request, Response, get, post

from services.cases import ledger, queries
from services.cases.receipts import Receipt
from services.cases.search import search
from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.evolve import fold
from services.lifecycle.facts import PlaybookRef
from services.lifecycle.kinds import Role
from services.lifecycle.permissions import allowed
from services.lifecycle.wire import kind_of
from services.playbooks import library
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.api import answers
from web.api.bodies import NOT_BY_HAND, command_of, complaint_from, parsed
from web.api.schemas import of_command
from web.api.shapes import CaseAnswer
from web.cookies import settings_of
from web.unreadable import Unreadable

Asked = Request[Any, Any, Any]
CASE = access.token(number=Of.CASE)
KEY_MAX = 128
LIST_MAX = 100


@post("/api/v1/complaints", opt=access.token(Role.CASEWORKER, Role.MANAGER), name="api.complaints")
async def file(request: Asked, seat: Seat) -> Response[dict[str, Any]]:
    filed = complaint_from(parsed(await request.body()))
    chosen = PlaybookRef(id=filed.playbook, version=0) if filed.playbook else library.CHOOSE
    command = c.File(complaint=filed.complaint, playbook=chosen)
    receipt = await ledger.apply(seat, None, command, command_id=command_id(request, seat))
    body = await as_first_answered(seat, receipt)
    status_url = f"{settings_of(request).public_url}/s/{receipt.link_token}"
    return replayable({**body, "status_url": status_url}, receipt, status=201)


async def as_first_answered(seat: Seat, receipt: Receipt) -> dict[str, Any]:
    """The agenda as it was right after the filing, so that a replay answers the same body."""
    view = await queries.case(seat, receipt.number)
    first = fold(tuple(each.event for each in view.events[: receipt.version]))
    body = answers.receipt_answer(receipt)
    del body["events"]
    return {**body, "agenda": answers.agenda_answer(agenda(first, view.rules))}


@get("/api/v1/cases", opt=access.token(), name="api.cases")
async def listed(
    seat: Seat, after: str | None = None, limit: str = "50", q: str | None = None
) -> dict[str, Any]:
    most = answers.whole_limit(limit, LIST_MAX)
    if q is not None:
        found = await search(seat, q, limit=most)
        return {"items": [answers.row_answer(row) for row in found.items], "next": None}
    page = await queries.queue(seat, after=after, limit=most)
    return {"items": [answers.row_answer(row) for row in page.items], "next": page.next}


@get("/api/v1/cases/{number:str}", opt=CASE, name="api.case")
async def case(seat: Seat, number: str) -> CaseAnswer:
    return answers.case_answer(await queries.case(seat, number))


@get("/api/v1/cases/{number:str}/agenda", opt=CASE, name="api.agenda")
async def owed(seat: Seat, number: str) -> dict[str, Any]:
    view = await queries.case(seat, number)
    return {"items": answers.agenda_answer(view.agenda), "next": None}


@get("/api/v1/cases/{number:str}/events", opt=CASE, name="api.events")
async def happened(seat: Seat, number: str, after: str = "0", limit: str = "100") -> dict[str, Any]:
    most = answers.whole_limit(limit, LIST_MAX)
    seq = answers.whole_after(after)
    found = await queries.events(seat, number, after=seq, limit=most)
    following = str(found[-1].seq) if len(found) == most else None
    return {"items": [answers.event_answer(each) for each in found], "next": following}


@get("/api/v1/cases/{number:str}/commands", opt=CASE, name="api.commands")
async def possible(seat: Seat, number: str) -> dict[str, Any]:
    view = await queries.case(seat, number)
    kinds = [k for k in allowed(view.case, seat.role, view.rules.playbook) if k not in NOT_BY_HAND]
    return {"items": [{"kind": kind_of(k), "schema": of_command(k)} for k in kinds], "next": None}


@post("/api/v1/cases/{number:str}/commands", opt=CASE, name="api.command")
async def command(request: Asked, seat: Seat, number: str) -> Response[dict[str, Any]]:
    given, if_version = command_of(parsed(await request.body()))
    receipt = await ledger.apply(
        seat, number, given, command_id=command_id(request, seat), if_version=if_version
    )
    return replayable(answers.receipt_answer(receipt), receipt, status=200)


@get("/api/v1/playbooks", opt=access.token(), name="api.playbooks")
async def playbooks(seat: Seat) -> dict[str, Any]:
    found = await library.published(seat)
    return {"items": [answers.playbook_answer(each) for each in found], "next": None}


def command_id(request: Asked, seat: Seat) -> UUID:
    """The key of a program is good for the life of the case, within its own organisation."""
    key = request.headers.get("Idempotency-Key", "")
    if not 1 <= len(key) <= KEY_MAX or not key.isascii() or not key.isprintable():
        raise Unreadable("Idempotency-Key", "idempotency_key_needed")
    return uuid5(NAMESPACE_URL, f"{seat.tenant}/{key}")


def replayable(body: dict[str, Any], receipt: Receipt, *, status: int) -> Response[dict[str, Any]]:
    headers = {"Idempotent-Replayed": "true"} if receipt.replayed else {}
    return Response(body, status_code=status, headers=headers)
