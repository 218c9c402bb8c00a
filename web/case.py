"""One case at the desk: where it stands, what now, by when, whose turn, and what happens if nobody
acts.
"""

from typing import Any

from litestar import get, post

from infra.database import tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.cases import presence, queries
from services.cases.views import CaseView
from services.lifecycle.contacts import ContactKind, ContactOutcome, Party
from services.lifecycle.evidence import AddEvidence
from services.lifecycle.kinds import Ball, Role
from services.lifecycle.permissions import allowed
from services.tenants.seats import Seat
from web import access, masks, reading, timeline_shown
from web.access import Of
from web.act_forms import ActForm, act_form
from web.acts import BY_NOUN, Act, allowed_acts, likely_acts, menu
from web.commands import HANDS, around_for
from web.desk import address, heading
from web.exhibits import exhibits
from web.filings import filings
from web.forms import FormReader
from web.gap import gap
from web.met import met
from web.page import Asked, Page, go
from web.reckoning import deadlines, everything_owed, forecast, if_nobody_acts, soonest
from web.situations import situation, told
from web.timeline_shown import Show
from web.trail import Trail, neighbours_of, trail_of

READERS = access.staff(org=Of.ORGANISATION, number=Of.CASE)
KNOWERS = access.staff(*HANDS, org=Of.ORGANISATION, number=Of.CASE)
NEED_NAMES = frozenset({Role.VOLUNTEER, Role.CASEWORKER, Role.MANAGER})
SPOKEN_WITH = {Ball.MERCHANT: Party.MERCHANT, Ball.PLATFORM: Party.PLATFORM}
JOT = BY_NOUN["note"]


@get("/{org:str}/desk/cases/{number:str}", opt=READERS)
async def show(request: Asked, seat: Seat, number: str, form: FormReader) -> Page:
    view, trail = await queries.case(seat, number), trail_of(request)
    query = request.query_params
    seen = reading.number(query.get("seen", ""))
    timeline = story(view, seat, form, query.get("show"), seen=seen)
    if "show" in query and request.headers.get("hx-request"):
        return Page("case/case.html", {**heading(view, seat, trail), **timeline}, block="timeline")
    return await case_page(request, seat, view, form, timeline=timeline)


@get("/{org:str}/desk/cases/{number:str}/deadlines", opt=READERS)
async def show_deadlines(request: Asked, seat: Seat, number: str) -> Page:
    view = await queries.case(seat, number)
    data = {
        **heading(view, seat, trail_of(request)),
        "deadlines": everything_owed(view),
        "forecast": forecast(view, reader=seat.role),
    }
    return Page("case/deadlines.html", data)


@get("/{org:str}/desk/cases/{number:str}/dossier", opt=READERS)
async def show_dossier(request: Asked, seat: Seat, number: str, form: FormReader) -> Page:
    """The whole case on paper, as far as this reader may see it."""
    view = await queries.case(seat, number)
    data = {
        **heading(view, seat, trail_of(request)),
        **dates(view, seat),
        **between(view, seat, contacts=False),
        "exhibits": await exhibits(request, seat, view, base=address(seat, view.number)),
        **story(view, seat, form),
    }
    return Page("case/dossier.html", data)


@get("/{org:str}/desk/cases/{number:str}/contacts", opt=KNOWERS)
async def hide_contacts(request: Asked, seat: Seat, number: str) -> Page:
    """Whoever comes back to what was shown once is shown the case."""
    view = await queries.case(seat, number)
    return go(address(seat, view.number) + trail_of(request).suffix)


@post("/{org:str}/desk/cases/{number:str}/contacts", opt=KNOWERS)
async def show_contacts(request: Asked, seat: Seat, number: str, form: FormReader) -> Page:
    """Looking at a phone number is put on record before it is shown."""
    view = await queries.case(seat, number)
    async with tenant_tx(seat) as tx:
        await chain.record(tx, Kind.CASE_READ, {"case": view.id, "shown": "contacts"})
    return await case_page(request, seat, view, form, contacts=True)


async def case_page(
    request: Asked,
    seat: Seat,
    view: CaseView,
    form: FormReader,
    *,
    timeline: dict[str, Any] | None = None,
    contacts: bool = False,
) -> Page:
    trail = trail_of(request)
    data = {
        **heading(view, seat, trail),
        "neighbours": await neighbours_of(seat, view, trail),
        "present": await presence.arrive(seat, view.id),
        **dates(view, seat),
        **await acts(view, seat, form, trail),
        **between(view, seat, contacts=contacts),
        "exhibits": await exhibits(request, seat, view, base=address(seat, view.number)),
        "may_add": AddEvidence in allowed(view.case, seat.role, view.rules.playbook),
        **(timeline or story(view, seat, form)),
    }
    return Page("case/case.html", data)


def dates(view: CaseView, seat: Seat) -> dict[str, Any]:
    first, rows = soonest(view), deadlines(view)
    return {
        "soonest": first,
        "deadlines": rows,
        "others": [row for row in rows if first is None or row.id != first.id],
        "met": met(view),
        "next_step": told(view),
        "else_text": if_nobody_acts(view),
        "forecast": forecast(view, reader=seat.role),
    }


async def acts(view: CaseView, seat: Seat, form: FormReader, trail: Trail) -> dict[str, Any]:
    """What will most likely be done next, with its form, and everything else by name."""
    found = allowed_acts(view, seat.role)
    likely = likely_acts(found, situation(view.case, now=view.now))
    return {
        "likely": await forms_of(likely, seat, view, form, trail),
        "groups": menu(found, without=(*likely, JOT)),
        "may": {act.noun for act in found},
        "failed": sum(each.state == "failed" for each in view.notices),
        "form": form,
    }


async def forms_of(
    acts: tuple[Act, ...], seat: Seat, view: CaseView, form: FormReader, trail: Trail
) -> list[ActForm]:
    """Each form of the page has a name of its own, so that each can be sent once."""
    around, base = await around_for(seat, *acts), address(seat, view.number)
    return [
        act_form(
            act,
            view,
            FormReader(csrf=form.csrf),
            role=seat.role,
            base=base,
            around=around,
            suffix=trail.suffix,
        )
        for act in acts
    ]


def between(view: CaseView, seat: Seat, *, contacts: bool) -> dict[str, Any]:
    """The parties, and what stands between them."""
    return {
        "gap": gap(view.case),
        "filings": filings(view, reader=seat.role),
        "parties": parties(view, seat, contacts=contacts),
    }


def parties(view: CaseView, seat: Seat, *, contacts: bool) -> dict[str, Any]:
    """The name for whoever works on the case, the number for whoever asked for it."""
    consumer = view.case.complaint.consumer
    name = consumer.name.text if seat.role in NEED_NAMES else masks.name(consumer.name)
    return {
        "name": name,
        "phone": consumer.phone.text if contacts else masks.phone(consumer.phone),
        "email": consumer.email
        and (consumer.email.text if contacts else masks.email(consumer.email)),
        "confirmed": sorted(view.case.confirmed),
        "may_ask": seat.role in NEED_NAMES and not contacts,
    }


def story(
    view: CaseView,
    seat: Seat,
    form: FormReader,
    asked: str | None = None,
    *,
    seen: int | None = None,
) -> dict[str, Any]:
    """The timeline with the line above it, in which a contact is logged."""
    may_jot = JOT in allowed_acts(view, seat.role)
    show = timeline_shown.wanted(asked)
    return {
        "story": timeline_shown.shown(view, reader=seat.role, show=show, seen=seen),
        "jot": FormReader(csrf=form.csrf) if may_jot else None,
        "spoken_with": SPOKEN_WITH.get(view.case.ball, Party.CONSUMER),
        "sets": {"kind": ContactKind, "whom": Party, "outcome": ContactOutcome, "show": Show},
    }
