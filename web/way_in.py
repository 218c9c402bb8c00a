"""Coming in by a link, whoever it is for: the address loses its secret at once; then what travelled
apart from it is asked.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from services.cases import queries
from services.cases.search_terms import number_in
from services.tenants import grants as held_grants
from services.tenants import links, organisations, second_check
from services.tenants.grants import Grant
from services.tenants.links import Opened, Scope
from services.tenants.refusals import Denial, Denied
from web import grants
from web.caller import caller_of
from web.forms import FormReader
from web.page import Asked, Page, go, is_ours


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """`base` begins all addresses behind such links, and `first` is the page they lead to. `asked`
    is the field of the second check, and `wrong` what may be typed again. `pages` is the folder of
    its templates; `is_named`: who asks says which association it is.
    """

    scope: Scope
    base: str
    first: str
    asked: str
    wrong: Denial
    pages: str
    is_named: bool = False


async def opened(way: WayIn, request: Asked, token: str) -> Page:
    """Previews may fetch it as often as they like: it changes nothing but their own cookie."""
    if number_in(token) == token:
        return go(f"{way.base}/{token}/{way.first}")
    found = await links.resolve(token, address=request.client.host if request.client else "")
    grant = await granted(found) if found and found.ref.scope is way.scope else None
    if grant is None:
        return bad_link(way)
    step = way.first if grant.checked else "check"
    return go(f"{way.base}/{grant.number}/{step}", cookies=[grants.keep(request, grant)])


async def granted(found: Opened) -> Grant | None:
    seat = await links.admit(found.ref)
    if seat is None:
        return None
    number = (await queries.case(seat, found.ref.case)).number
    return held_grants.begin(
        found.ref, number=number, checked=not found.asks_digits, now=datetime.now(UTC)
    )


async def asking(way: WayIn, request: Asked, form: FormReader) -> Page:
    grant = await still_open(way, request)
    if grant is None:
        return bad_link(way)
    form.fill(then=request.query_params.get("then", ""))
    return go(onwards(way, grant, form)) if grant.checked else check_page(way, grant, form)


async def checked(way: WayIn, request: Asked, form: FormReader) -> Page:
    grant = await still_open(way, request)
    if grant is None:
        return bad_link(way)
    try:
        await second_check.check(grant.ref, form.line(way.asked, needed=True))
    except Denied as denied:
        return refused(way, grant, form, denied)
    known = held_grants.begin(grant.ref, number=grant.number, checked=True, now=datetime.now(UTC))
    return go(onwards(way, grant, form), cookies=[grants.keep(request, known)])


def onwards(way: WayIn, grant: Grant, form: FormReader) -> str:
    """Back to the page of this case that was asked for."""
    base, asked = f"{way.base}/{grant.number}/", form.value("then")
    return asked if asked.startswith(base) and is_ours(asked) else f"{base}{way.first}"


async def still_open(way: WayIn, request: Asked) -> Grant | None:
    """A cookie outlives its link by minutes; then there is nothing to check any more."""
    grant = grants.held_for(request, way.scope)
    if grant is None or await links.admit(grant.ref) is None:
        return None
    if way.is_named:
        caller_of(request).organisation = await organisations.by_id(grant.ref.tenant)
    return grant


def refused(way: WayIn, grant: Grant, form: FormReader, denied: Denied) -> Page:
    """Only what was typed wrong may be tried again; the page for all troubles tells the rest."""
    match denied.why:
        case Denial.LINK_GONE:
            return bad_link(way)
        case way.wrong | Denial.LINK_FROZEN:
            if not form.faults:
                form.fault(way.asked, denied.why)
            return check_page(way, grant, form, status=422)
        case _:
            raise denied


def check_page(way: WayIn, grant: Grant, form: FormReader, *, status: int = 200) -> Page:
    return Page(f"{way.pages}/check.html", {"form": form, "number": grant.number}, status=status)


def bad_link(way: WayIn) -> Page:
    """One and the same for unknown, expired, revoked and misspelt links."""
    return Page(f"{way.pages}/bad_link.html", status=404)
