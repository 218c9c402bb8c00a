"""Who is at a case: told by each page that has it open, shown to colleagues beside its number."""

from litestar import Response, get, post

from services.cases import presence, queries
from services.cases.presence import Doing
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.forms import FormReader
from web.page import Asked, Page

OPT = access.staff(org=Of.ORGANISATION, number=Of.CASE, watching=True)
PATH = "/{org:str}/desk/cases/{number:str}/presence"


@get(PATH, opt=OPT)
async def show(request: Asked, seat: Seat, number: str) -> Page:
    """The marks of one case as they stand in a row, or as the case itself tells them."""
    case = await queries.id_of(seat, number)
    people = (await presence.present(seat, [case])).get(case, ())
    told = request.query_params.get("as") == "notice"
    return Page("presence/marks.html", {"people": people, "told": told})


@post(PATH, opt=OPT, status_code=204)
async def beat(seat: Seat, number: str, form: FormReader) -> Response[None]:
    await presence.beat(seat, number, form.choice("doing", Doing) or Doing.READING)
    return Response(None, status_code=204)
