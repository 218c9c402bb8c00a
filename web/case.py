"""One case at the desk: where it stands, what now, by when, whose turn, and what happens if nobody
acts.
"""

from typing import Any

from litestar import get, post

from infra.database import tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.cases import queries
from services.cases.views import CaseView
from services.lifecycle.kinds import Role
from services.tenants.seats import Seat
from web import access, masks
from web.access import Of
from web.act_forms import ActForm, act_form
from web.acts import BY_NOUN, Act, allowed_acts, grouped, likely_acts
from web.commands import HANDS, around_for
from web.desk import address, heading
from web.forms import FormReader
from web.gap import gap
from web.letters_sent import letters
from web.page import Page
from web.reckoning import deadlines, everything_owed, forecast, if_nobody_acts, soonest
from web.situations import situation, told
from web.timeline import rows

READERS = access.staff(org=Of.ORGANISATION, number=Of.CASE)
KNOWERS = access.staff(*HANDS, org=Of.ORGANISATION, number=Of.CASE)
NEED_NAMES = frozenset({Role.VOLUNTEER, Role.CASEWORKER, Role.MANAGER})


@get("/{org:str}/desk/cases/{number:str}", opt=READERS)
async def show(seat: Seat, number: str, form: FormReader) -> Page:
    return await case_page(seat, await queries.case(seat, number), form)


@get("/{org:str}/desk/cases/{number:str}/deadlines", opt=READERS)
async def show_deadlines(seat: Seat, number: str) -> Page:
    view = await queries.case(seat, number)
    data = {**heading(view, seat), "deadlines": everything_owed(view)}
    return Page("case/deadlines.html", data)


@post("/{org:str}/desk/cases/{number:str}/contacts", opt=KNOWERS)
async def show_contacts(seat: Seat, number: str, form: FormReader) -> Page:
    """Looking at a phone number is put on record before it is shown."""
    view = await queries.case(seat, number)
    async with tenant_tx(seat) as tx:
        await chain.record(tx, Kind.CASE_READ, {"case": view.id, "shown": "contacts"})
    return await case_page(seat, view, form, contacts=True)


async def case_page(
    seat: Seat, view: CaseView, form: FormReader, *, contacts: bool = False
) -> Page:
    forms = await forms_of(allowed_acts(view, seat.role), seat, view, form)
    data = {
        **heading(view, seat),
        **dates(view, seat),
        **acts(view, forms),
        "form": form,
        "gap": gap(view.case),
        "parties": parties(view, seat, contacts=contacts),
        "timeline": rows(view, reader=seat.role),
        "letters": letters(view),
    }
    return Page("case/case.html", data)


def dates(view: CaseView, seat: Seat) -> dict[str, Any]:
    return {
        "soonest": soonest(view),
        "deadlines": deadlines(view),
        "next_step": told(view),
        "else_text": if_nobody_acts(view),
        "forecast": forecast(view, reader=seat.role),
    }


def acts(view: CaseView, forms: dict[Act, ActForm]) -> dict[str, Any]:
    """What will most likely be done next, and everything that can be done, by kind."""
    found = tuple(forms)
    likely = likely_acts(found, situation(view.case, now=view.now))
    return {
        "likely": [forms[act] for act in likely],
        "groups": [(group, [forms[act] for act in some]) for group, some in grouped(found)],
        "jot": forms.get(BY_NOUN["note"]),
    }


async def forms_of(
    acts: tuple[Act, ...], seat: Seat, view: CaseView, form: FormReader
) -> dict[Act, ActForm]:
    """Each form of the page has a name of its own, so that each can be sent once."""
    around, base = await around_for(seat, *acts), address(seat, view.number)
    return {
        act: act_form(
            act, view, FormReader(csrf=form.csrf), role=seat.role, base=base, around=around
        )
        for act in acts
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
        "may_ask": seat.role in NEED_NAMES and not contacts,
    }
