"""The consumer adds proof: several files at once, without scripts, and sees what is there."""

from typing import Any

from litestar import get, post

from services.cases import queries
from services.cases.handing_in import admitted
from services.cases.views import CaseView
from services.lifecycle.bells import local_day
from services.lifecycle.evidence import PIECES_MAX, AddEvidence, Capture
from services.lifecycle.permissions import allowed
from services.tenants.links import Scope
from services.tenants.seats import Seat
from services.wording.say import say
from web import access, tickets
from web.access import Of
from web.evidence_form import REQUEST_BYTES_MAX, Handed, handed
from web.exhibits import exhibits
from web.forms import FormReader
from web.page import Asked, Page, go
from web.said import Said
from web.status_acts import kept, own_case
from web.status_heading import heading

PATH = "/s/{number:str}/evidence"
SEEN = access.link(Scope.STATUS, number=Of.CASE)
SENT = access.link(Scope.STATUS, ticketed=True, number=Of.CASE)


@get(PATH, opt=SEEN)
async def show(request: Asked, seat: Seat, form: FormReader) -> Page:
    return await evidence_page(request, seat, await own_case(seat), Handed(form=form))


@post(PATH, opt=SENT, request_max_body_size=REQUEST_BYTES_MAX)
async def add(request: Asked, seat: Seat) -> Page:
    assert seat.case
    case = await admitted(seat, seat.case)
    done = await handed(request, seat, case, today=local_day((await own_case(seat)).now))
    view = await queries.case(seat, case)
    if done.is_clean:
        place = f"/s/{view.number}/evidence"
        return go(place, said=Said.EVIDENCE_IN, n=done.taken, cookies=kept(request))
    return await evidence_page(request, seat, view, done, status=422)


async def evidence_page(
    request: Asked, seat: Seat, view: CaseView, done: Handed, *, status: int = 200
) -> Page:
    shown = await form_of(request, seat, view, done, base=f"/s/{view.number}")
    data = {**heading(request, view, seat), **shown}
    return Page("evidence/consumer.html", data, status=status, cookies=kept(request))


async def form_of(
    request: Asked, seat: Seat, view: CaseView, done: Handed, *, base: str
) -> dict[str, Any]:
    """What both pages for handing in show: the form, what came of it, and what is there."""
    return {
        "form": done.form,
        "done": done,
        "action": tickets.address(request, request.scope["path"]),
        "open": AddEvidence in allowed(view.case, seat.role, view.rules.playbook),
        "exhibits": await exhibits(request, seat, view, base=base),
        "most": PIECES_MAX,
        "captures": [(each.value, say(each)) for each in Capture],
    }
