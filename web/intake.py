"""Filing a complaint on one page, for whoever has everything at hand, and for the counter and the
telephone: one POST, and a receipt that can be reloaded."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from litestar import get, post

from services.cases import ledger
from services.cases.receipts import Conflict, Receipt
from services.cases.status_links import status_link
from services.lifecycle.bells import local_day
from services.lifecycle.commands import File
from services.lifecycle.kinds import DemandKind, Platform, Problem, Purpose
from services.lifecycle.refusals import Refused
from services.lifecycle.signs import Sign
from services.tenants import grants as held_grants
from services.tenants import lanes
from services.tenants.organisations import Organisation
from services.tenants.seats import Seat
from services.wording import consents
from services.wording.say import say
from web import access, grants, intake_form
from web.access import Of
from web.caller import caller_of
from web.forms import FormReader
from web.options import codes, hinted
from web.page import Asked, Page, go
from web.tone import Told

OPT = access.intake(org=Of.ORGANISATION)
SHEET = "sheet"
TRAP = "homepage"
"""A field that no person sees, and that robots like to fill."""
SETS = {
    "platforms": Platform,
    "problems": Problem,
    "purposes": Purpose,
    "demand_kinds": DemandKind,
    "demand_rows": intake_form.DEMANDS,
    "doors_before": intake_form.DOORS_BEFORE,
    "codes": codes,
    "hinted": hinted,
}


@get("/{org:str}/complaints/one-page", opt=OPT)
async def show(request: Asked, form: FormReader) -> Page:
    """The address names the sheet of paper. Whoever goes back to it, reloads it or finds it again
    holds the sheet that was sent, so that it counts once; nobody else's sheet is theirs.
    """
    sheet = sheet_of(request)
    if sheet is None:
        return go(f"{request.scope['path']}?{SHEET}={uuid4()}")
    form.command_id = uuid5(sheet, form.csrf)
    return intake_page(request, form)


def sheet_of(request: Asked) -> UUID | None:
    try:
        return UUID(request.query_params.get(SHEET, ""))
    except ValueError:
        return None


@post("/{org:str}/complaints/one-page", opt=OPT)
async def file(request: Asked, seat: Seat, form: FormReader) -> Page:
    command = intake_form.command(form, today=today(request), org=organisation_of(request))
    if command is None:
        return intake_page(request, form, status=422)
    command = await looked_at(request, seat, command, form)
    try:
        receipt = await ledger.apply(seat, None, command, command_id=form.command_id)
    except Refused as refused:
        form.refuse(refused.why)
        return intake_page(request, form, status=422)
    except Conflict as conflict:
        number = conflict.first.number if conflict.first else None
        form.command_id = uuid4()
        return intake_page(request, form, status=409, sent_before=number)
    return filed(request, seat, receipt)


async def looked_at(request: Asked, seat: Seat, command: File, form: FormReader) -> File:
    """With whatever should make a person look before anything goes out. It is filed either way."""
    phone = command.complaint.consumer.phone.text or ""
    many = await lanes.signs_of(tenant=seat.tenant, address=address_of(request), phone=phone)
    trapped = (Sign.TRAP,) if form.value(TRAP) else ()
    return replace(command, signs=(*trapped, *many))


def address_of(request: Asked) -> str:
    return request.client.host if request.client else ""


def filed(request: Asked, seat: Seat, receipt: Receipt) -> Page:
    """Whoever filed came with the phone in hand: no second check for this sitting."""
    ref = status_link(seat.tenant, receipt.case_id, receipt.link_generation or 1)
    grant = held_grants.begin(ref, number=receipt.number, checked=True, now=datetime.now(UTC))
    place = f"/{seat.slug}/complaints/{receipt.number}/receipt"
    return go(place, cookies=[grants.keep(request, grant)])


def intake_page(
    request: Asked,
    form: FormReader,
    *,
    status: int = 200,
    sent_before: str | None = None,
    told: Told | None = None,
    block: str | None = None,
    crowded: bool = False,
) -> Page:
    data = {
        "crowded": crowded,
        "form": form,
        "here": place(request),
        "tone": told,
        "demo": is_demo(request),
        "sent_before": sent_before,
        **consent_texts(request),
        **SETS,
    }
    return Page("intake/new.html", data, status=status, block=block)


def place(request: Asked) -> str:
    return f"/{organisation_of(request).slug}/complaints/one-page"


def consent_texts(request: Asked) -> dict[str, Any]:
    """The very words that are agreed to, with the association's name in them, and their seal."""
    name, asked = organisation_of(request).name, intake_form.CONSENTS
    texts = [(each.value, say(each), consents.text_now(each, association=name)) for each in asked]
    return {"consent_texts": texts, "consent_seal": consents.seal(asked, association=name)}


def is_demo(request: Asked) -> bool:
    return organisation_of(request).demo


def today(request: Asked) -> date:
    """By the association's own clock."""
    return local_day(datetime.now(UTC) + organisation_of(request).clock_offset)


def organisation_of(request: Asked) -> Organisation:
    found = caller_of(request).organisation
    assert found is not None, "the guard of intake seats nobody without one"
    return found
