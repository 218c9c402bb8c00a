"""The consumer's own page: a sentence first, then what to do, by when, and what happens if not."""

from typing import Any

from litestar import get

from services.cases import queries
from services.cases.views import CaseView
from services.lifecycle.kinds import Ball, Role
from services.tenants.links import Scope
from services.tenants.seats import Seat
from services.wording.say import say
from web import access
from web.access import Of
from web.act_forms import ActForm
from web.bilingual import in_language
from web.forms import FormReader
from web.gap import gap
from web.ladder import open_doors
from web.page import Asked, Page
from web.papers import papers
from web.reckoning import deadlines, if_nobody_acts, soonest
from web.situations import Situation, situation, told
from web.status_acts import forms_for, kept
from web.status_heading import heading
from web.timeline import rows

FIRST = {
    Situation.CHOOSE_DOOR: ("reply",),
    Situation.QUESTION: ("reply",),
    Situation.OFFER: ("agreement", "rejection"),
    Situation.PROMISE: ("fulfilment", "breach"),
    Situation.PROMISE_DUE: ("fulfilment", "breach"),
    Situation.FILE_YOURSELF: ("filing",),
    Situation.CLOSED: ("reopening",),
}
OPT = access.link(Scope.STATUS, number=Of.CASE)


@get("/s/{number:str}/status", opt=OPT)
async def show(request: Asked, seat: Seat, form: FormReader) -> Page:
    assert seat.case
    view = await queries.case(seat, seat.case)
    data = {
        **heading(request, view, seat),
        **now(view),
        **acts(forms_for(view, form), view),
        "timeline": rows(view, reader=Role.CONSUMER),
    }
    return Page("status/status.html", data, cookies=kept(request))


@get("/s/{number:str}/deadlines", opt=OPT)
async def show_deadlines(request: Asked, seat: Seat) -> Page:
    assert seat.case
    view = await queries.case(seat, seat.case)
    data = {**heading(request, view, seat), "deadlines": deadlines(view)}
    return Page("status/deadlines.html", data, cookies=kept(request))


def now(view: CaseView) -> dict[str, Any]:
    """The date that matters to a reader, what it is about, and what happens if nothing is done."""
    case, playbook = view.case, view.rules.playbook
    yours = case.ball is Ball.CONSUMER
    return {
        "where": situation(case, now=view.now),
        "yours": yours,
        "due": soonest(view) if yours else next(iter(deadlines(view)), None),
        "explained": told(view, "StatusText"),
        "gap": gap(case),
        "papers": [(item.weight, in_language(item.title)) for item in papers(view)],
        "open_doors": [say(door) for door in open_doors(case, playbook)],
        "else_text": if_nobody_acts(view),
    }


def acts(forms: dict[str, ActForm], view: CaseView) -> dict[str, Any]:
    """What the situation asks for first, and what is possible besides."""
    first = [noun for noun in FIRST.get(situation(view.case, now=view.now), ()) if noun in forms]
    return {"forms_now": first, "others": [noun for noun in forms if noun not in first]}
