"""The demand and its answer: what is asked, how to answer, a page to check it on, and a receipt."""

from typing import Any
from uuid import uuid4

from litestar import get, post
from litestar.datastructures import Cookie

from services.cases import ledger, queries
from services.cases.receipts import Conflict
from services.cases.views import CaseView
from services.lifecycle.bells import local_day
from services.lifecycle.refusals import Refused
from services.tenants.links import Scope
from services.tenants.seats import Seat
from services.tone.check import check as check_tone
from services.tone.rules import Kind
from web import access, grants
from web.access import Of
from web.caller import caller_of
from web.exhibits import exhibits
from web.forms import FormReader
from web.merchant import kinds
from web.merchant.claim import page_data
from web.merchant.kinds import Answer, AnswerKind, GoodsBack
from web.options import codes
from web.page import Asked, Page, go
from web.said import Said

OPT = access.link(Scope.MERCHANT, number=Of.CASE)
PATH = "/m/{number:str}/answer"
EDIT = "edit"
HINTED = "hinted"


@get(PATH, opt=OPT)
async def show(request: Asked, seat: Seat, form: FormReader) -> Page:
    return await answer_page(request, seat, await own_case(seat), form)


@post(f"{PATH}/check", opt=OPT)
async def check(request: Asked, seat: Seat, form: FormReader) -> Page:
    """Nothing is recorded by looking at it once more."""
    view = await own_case(seat)
    if form.value("then") == EDIT:
        return await answer_page(request, seat, view, form)
    answer = kinds.read(form, view)
    if answer is None:
        return await answer_page(request, seat, view, form, status=422)
    return check_page(request, seat, view, form, answer)


@get(f"{PATH}/check", opt=OPT)
async def again(request: Asked, seat: Seat, form: FormReader) -> Page:
    """A browser that comes back to this address finds the form."""
    return await answer_page(request, seat, await own_case(seat), form)


@post(PATH, opt=OPT)
async def send(request: Asked, seat: Seat, form: FormReader) -> Page:
    view = await own_case(seat)
    answer = kinds.read(form, view)
    if answer is None:
        return await answer_page(request, seat, view, form, status=422)
    command = kinds.command(answer, today=local_day(view.now))
    try:
        await ledger.apply(seat, view.number, command, command_id=form.command_id)
    except (Refused, Conflict) as no:
        return await answered_no(request, seat, await own_case(seat), form, no)
    return go(f"/m/{view.number}/receipt", said=Said.THANKS, cookies=kept(request))


@get("/m/{number:str}/receipt", opt=OPT)
async def receipt(request: Asked, seat: Seat, form: FormReader) -> Page:
    """The answers as they were received, to be printed and kept."""
    view = await own_case(seat)
    data = page_data(request, view, seat)
    if not data["given"]:
        return await answer_page(request, seat, view, form)
    return Page("merchant/receipt.html", data, cookies=kept(request))


async def own_case(seat: Seat) -> CaseView:
    assert seat.case
    return await queries.case(seat, seat.case)


async def answered_no(
    request: Asked, seat: Seat, view: CaseView, form: FormReader, no: Refused | Conflict
) -> Page:
    """What was typed stays. The same form with other content would be a second answer."""
    match no:
        case Refused(why=why):
            form.refuse(why)
            return await answer_page(request, seat, view, form, status=422)
        case Conflict():
            form.command_id = uuid4()
            return await answer_page(request, seat, view, form, status=409, twice=True)


async def answer_page(
    request: Asked,
    seat: Seat,
    view: CaseView,
    form: FormReader,
    *,
    status: int = 200,
    twice: bool = False,
) -> Page:
    data = {
        **page_data(request, view, seat),
        "pieces": await exhibits(request, seat, view, base=f"/m/{view.number}"),
        "form": form,
        "kinds": kinds,
        "offered": kinds.offered(view),
        "backs": codes(GoodsBack),
        "demanded": kinds.demanded(view),
        "adding": bool(form.given) or "more" in request.query_params,
        "twice": twice,
    }
    return Page("merchant/answer.html", data, status=status, cookies=kept(request))


def check_page(
    request: Asked, seat: Seat, view: CaseView, form: FormReader, answer: Answer
) -> Page:
    """A hint about an insult is given once; what is done about it is the writer's."""
    hint = None if form.value(HINTED) else insult(answer.own)
    data: dict[str, Any] = {
        **page_data(request, view, seat),
        "form": form,
        "answer": answer,
        "becomes": becomes(answer.kind),
        "hint": hint,
        "hinted": bool(hint or form.value(HINTED)),
    }
    return Page("merchant/check_answer.html", data, cookies=kept(request))


def insult(words: str) -> str | None:
    """The first words that would make it harder to come to an agreement."""
    found = (each for each in check_tone(words).findings if each.kind is Kind.INSULT)
    return next((each.text for each in found), None)


def becomes(kind: AnswerKind) -> str:
    """What the answer is from the moment it is sent."""
    if kind is AnswerKind.AGREE:
        return "promise"
    return "offer" if kind in kinds.OFFERS else "answer"


def kept(request: Asked) -> list[Cookie]:
    """The visit lasts from the last act on."""
    grant = caller_of(request).grant
    return [grants.renewed(request, grant)] if grant else []
