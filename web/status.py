"""The consumer's own page: a sentence first, then what to do, by when, and what happens if not."""

from typing import Any

from litestar import get

from services.cases import queries
from services.cases.views import CaseView
from services.lifecycle.evidence import AddEvidence
from services.lifecycle.kinds import Role, Stage
from services.lifecycle.next_door import next_door
from services.lifecycle.parse import LADDER
from services.lifecycle.permissions import allowed
from services.tenants.links import Scope
from services.tenants.seats import Seat
from services.wording.say import say
from web import access
from web.access import Of
from web.countdown import countdown
from web.exhibits import exhibits
from web.page import Asked, Page
from web.reckoning import deadlines, if_nobody_acts
from web.status_acts import kept
from web.status_cards import acts, card
from web.status_heading import heading
from web.story import story

OPT = access.link(Scope.STATUS, number=Of.CASE)


@get("/s/{number:str}/status", opt=OPT)
async def show(request: Asked, seat: Seat) -> Page:
    assert seat.case
    view = await queries.case(seat, seat.case)
    data = {
        **heading(request, view, seat),
        **card(view),
        **acts(view),
        "countdown": countdown(view),
        "exhibits": await exhibits(request, seat, view, base=f"/s/{view.number}"),
        "may_add": AddEvidence in allowed(view.case, Role.CONSUMER, view.rules.playbook),
        **onwards(view),
        "story": story(view),
    }
    return Page("status/status.html", data, cookies=kept(request))


def onwards(view: CaseView) -> dict[str, Any]:
    """Which stair this is, which comes next, and what the clock does by itself."""
    case, playbook = view.case, view.rules.playbook
    rung = next_door(case, playbook) if case.stage is not Stage.CLOSED else None
    return {
        "at": LADDER.index(case.door) + 1 if case.door else None,
        "next": (LADDER.index(rung.id) + 1, say(rung.id)) if rung else None,
        "by_itself": if_nobody_acts(view),
    }


@get("/s/{number:str}/deadlines", opt=OPT)
async def show_deadlines(request: Asked, seat: Seat) -> Page:
    assert seat.case
    view = await queries.case(seat, seat.case)
    data = {**heading(request, view, seat), "deadlines": deadlines(view)}
    return Page("status/deadlines.html", data, cookies=kept(request))
