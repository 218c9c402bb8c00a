"""A complaint that is being written: each part saved as it is sent, and the check at the end."""

from datetime import UTC, datetime, timedelta

from litestar import get, post
from litestar.exceptions import NotFoundException

from services.cases import ledger
from services.cases.opening import filed_at, filed_before
from services.cases.receipts import Conflict
from services.drafts import keeping, sealing
from services.drafts.keeping import Draft
from services.lifecycle.refusals import Refused
from services.playbooks import library
from services.playbooks.articles import articles
from services.tenants.seats import Seat
from web import access, intake, tone
from web.access import Of
from web.cookies import settings_of
from web.forms import FormReader
from web.guided import answers
from web.guided.pages import BACK, part_page, rules_of
from web.guided.parts import FIELDS, Part, Whom, after, is_asked, part_in
from web.page import Asked, Page, go
from web.tone import Told

OPT = access.intake(org=Of.ORGANISATION, draft=Of.DRAFT)
PART = access.intake(org=Of.ORGANISATION, draft=Of.DRAFT, part=Of.OURS)
LATER = "later"
STILL = timedelta(hours=1)
"""How long after filing whoever sends the draft again is led to the receipt itself."""


@get("/{org:str}/drafts/{draft:str}", opt=OPT)
async def resume(request: Asked, seat: Seat, form: FormReader, draft: str) -> Page:
    found = await keeping.find(seat, draft)
    if found is None:
        return await gone(request, seat, draft)
    answers.filled(form, found.typed)
    rules = await rules_of(seat, form, today=intake.today(request))
    demands = rules.playbook.demands if rules else ()
    part = answers.first_open(form, today=intake.today(request), rules=demands)
    return go(f"{base(seat, found)}/{part}")


@get("/{org:str}/drafts/{draft:str}/saved", opt=OPT)
async def saved(request: Asked, seat: Seat, form: FormReader, draft: str) -> Page:
    found = await keeping.find(seat, draft)
    if found is None:
        return await gone(request, seat, draft)
    place = base(seat, found)
    data = {"base": place, "until": found.until, "form": form, "today": intake.today(request)}
    return Page("guided/saved.html", {**data, "link": settings_of(request).public_url + place})


@post("/{org:str}/drafts/{draft:str}/erasure", opt=OPT)
async def erase(request: Asked, seat: Seat, draft: str) -> Page:
    found = await keeping.find(seat, draft)
    if found is None:
        return await gone(request, seat, draft)
    await keeping.erase(seat, draft)
    return Page("guided/erased.html", {"slug": seat.slug})


@get("/{org:str}/drafts/{draft:str}/{part:str}", opt=PART)
async def show(request: Asked, seat: Seat, form: FormReader, draft: str, part: str) -> Page:
    found, here = await keeping.find(seat, draft), known(part)
    if found is None:
        return await gone(request, seat, draft)
    return await part_page(request, seat, here, answers.filled(form, found.typed), found)


@post("/{org:str}/drafts/{draft:str}/{part:str}", opt=PART)
async def save(request: Asked, seat: Seat, form: FormReader, draft: str, part: str) -> Page:
    """Kept first, whatever is wrong with it; then told. A story whose tone is asked comes again."""
    here, told = known(part), toned(form, part)
    typed = answers.readable(form, here)
    names = {name for name in FIELDS[here] if answers.is_readable(form, name)}
    found = await keeping.keep(seat, draft, typed, instead_of=names)
    if found is None:
        return await gone(request, seat, draft)
    if told:
        return await part_page(
            request, seat, here, answers.filled(form, found.typed), found, told=told
        )
    if form.value("then") == LATER and answers.keeps_all(form, here):
        return go(f"{base(seat, found)}/saved")
    return await onwards(request, seat, here, answers.filled(form, found.typed), found)


def toned(form: FormReader, part: str) -> Told | None:
    if part != Part.STORY or not form.value(tone.ASKED):
        return None
    return tone.read(form, "facts", laws=articles(library.shelf()))


async def onwards(request: Asked, seat: Seat, here: Part, form: FormReader, draft: Draft) -> Page:
    today = intake.today(request)
    if here is Part.PROBLEM and form.has("whom", Whom.ELSEWHERE):
        return go(f"/{seat.slug}/complaints/elsewhere")
    rules = await rules_of(seat, form, today=today)
    answers.look(here, form, today=today, rules=rules.playbook.demands if rules else ())
    if form.faults:
        return await part_page(request, seat, here, form, draft, status=422)
    if here is Part.CHECK:
        return await file(request, seat, form, draft)
    return go(f"{base(seat, draft)}/{next_of(request, here, form)}")


def next_of(request: Asked, here: Part, form: FormReader) -> str:
    """Whoever came from the check goes back to it, once what hangs on the change is answered."""
    if request.query_params.get(BACK) != Part.CHECK:
        return after(here, form)
    asks = here is Part.PROBLEM and is_asked(Part.PURPOSE, form)
    if asks and not form.value("order.purpose"):
        return f"{Part.PURPOSE}?{BACK}={Part.CHECK}"
    return Part.CHECK


async def file(request: Asked, seat: Seat, form: FormReader, draft: Draft) -> Page:
    """One draft is one case, however often and from wherever it is sent."""
    org = intake.organisation_of(request)
    found = answers.command(form, today=intake.today(request), org=org)
    if found is None:
        return await part_page(request, seat, Part.CHECK, form, draft, status=422)
    found = await intake.looked_at(request, seat, found, form)
    try:
        receipt = await ledger.apply(seat, None, found, command_id=sealing.command_id(draft.token))
    except Refused as refused:
        form.refuse(refused.why)
        return await part_page(request, seat, Part.CHECK, form, draft, status=422)
    except Conflict:
        return await filed_otherwise(seat, draft)
    await keeping.erase(seat, draft.token)
    return intake.filed(request, seat, receipt)


async def filed_otherwise(seat: Seat, draft: Draft) -> Page:
    """Two hands on one draft: what was sent first is the complaint."""
    await keeping.erase(seat, draft.token)
    receipt = await filed_before(seat, sealing.command_id(draft.token))
    assert receipt is not None, "nothing conflicts with what was not filed"
    data = {"slug": seat.slug, "number": receipt.number, "otherwise": True}
    return Page("guided/filed.html", data, status=409)


async def gone(request: Asked, seat: Seat, address: str) -> Page:
    """Filed, erased, over or never there. Who files twice in a row comes to the same receipt."""
    token = sealing.token_in(address)
    receipt = await filed_before(seat, sealing.command_id(token)) if token else None
    if receipt is None:
        return Page("guided/gone.html", {"slug": seat.slug}, status=404)
    if request.method == "POST" and datetime.now(UTC) - filed_at(receipt) < STILL:
        return intake.filed(request, seat, receipt)
    return Page(
        "guided/filed.html", {"slug": seat.slug, "number": receipt.number, "otherwise": False}
    )


def known(part: str) -> Part:
    found = part_in(part)
    if found is None:
        raise NotFoundException
    return found


def base(seat: Seat, draft: Draft) -> str:
    return f"/{seat.slug}/drafts/{draft.token}"
