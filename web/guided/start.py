"""Where a complaint begins: the first screen, before anything of it is kept."""

from litestar import get, post

from services.drafts import keeping
from services.tenants import lanes
from services.tenants.seats import Seat
from web import access, intake
from web.access import Of
from web.forms import FormReader
from web.guided import answers
from web.guided.pages import part_page
from web.guided.parts import Part, Whom, after
from web.page import Asked, Page, go

OPT = access.intake(org=Of.ORGANISATION)


@get("/{org:str}/complaints/new", opt=OPT)
async def show(request: Asked, seat: Seat, form: FormReader) -> Page:
    return await part_page(request, seat, Part.PROBLEM, form, None)


@post("/{org:str}/complaints/new", opt=OPT)
async def begin(request: Asked, seat: Seat, form: FormReader) -> Page:
    """Whoever is at the wrong address is sent on, and nothing about them is kept. Where too many
    begin at once, the whole complaint is asked on one page, which keeps nothing before it is sent.
    """
    if form.has("whom", Whom.ELSEWHERE):
        return go(f"/{seat.slug}/complaints/elsewhere")
    answers.look(Part.PROBLEM, form, today=intake.today(request), rules=())
    if form.faults:
        return await part_page(request, seat, Part.PROBLEM, form, None, status=422)
    if not await lanes.may_begin_draft(address=intake.address_of(request)):
        return intake.intake_page(request, form, crowded=True)
    draft = await keeping.begin(seat, answers.readable(form, Part.PROBLEM))
    return go(f"/{seat.slug}/drafts/{draft.token}/{after(Part.PROBLEM, form)}")


@get("/{org:str}/complaints/elsewhere", opt=OPT)
async def elsewhere(seat: Seat) -> Page:
    return Page("guided/elsewhere.html", {"slug": seat.slug})
