"""Coming in by a link: the address loses its secret at once; then four digits are asked."""

from datetime import UTC, datetime

from litestar import get, post

from services.cases import queries
from services.cases.search_terms import number_in
from services.tenants import grants as held_grants
from services.tenants import links, second_check
from services.tenants.grants import Grant
from services.tenants.links import Opened, Scope
from services.tenants.refusals import Denial, Denied
from web import access, grants
from web.access import Of
from web.forms import FormReader
from web.page import Asked, Page, go, is_ours

CHECK = access.public(number=Of.CASE)


@get("/s/{token:str}", opt=access.public(token=Of.LINK))
async def open_link(request: Asked, token: str) -> Page:
    """Previews may fetch it as often as they like: it changes nothing but their own cookie."""
    if number_in(token) == token:
        return go(f"/s/{token}/status")
    opened = await links.resolve(token, address=request.client.host if request.client else "")
    grant = await granted(opened) if opened and opened.ref.scope is Scope.STATUS else None
    if grant is None:
        return bad_link()
    step = "status" if grant.checked else "check"
    return go(f"/s/{grant.number}/{step}", cookies=[grants.keep(request, grant)])


async def granted(opened: Opened) -> Grant | None:
    seat = await links.admit(opened.ref)
    if seat is None:
        return None
    number = (await queries.case(seat, opened.ref.case)).number
    return held_grants.begin(
        opened.ref, number=number, checked=not opened.asks_digits, now=datetime.now(UTC)
    )


@get("/s/{number:str}/check", opt=CHECK)
async def show_check(request: Asked, form: FormReader) -> Page:
    grant = await still_open(request)
    if grant is None:
        return bad_link()
    form.fill(then=request.query_params.get("then", ""))
    return go(onwards(grant, form)) if grant.checked else check_page(grant, form)


@post("/s/{number:str}/check", opt=CHECK)
async def check(request: Asked, form: FormReader) -> Page:
    grant = await still_open(request)
    if grant is None:
        return bad_link()
    try:
        await second_check.check(grant.ref, form.line("digits", needed=True))
    except Denied as denied:
        return refused(grant, form, denied)
    known = held_grants.begin(grant.ref, number=grant.number, checked=True, now=datetime.now(UTC))
    return go(onwards(grant, form), cookies=[grants.keep(request, known)])


def onwards(grant: Grant, form: FormReader) -> str:
    """Back to the page of this case that was asked for."""
    base, asked = f"/s/{grant.number}/", form.value("then")
    return asked if asked.startswith(base) and is_ours(asked) else f"{base}status"


async def still_open(request: Asked) -> Grant | None:
    """A cookie outlives its link by minutes; then there is nothing to check any more."""
    grant = grants.held_for(request, Scope.STATUS)
    return grant if grant and await links.admit(grant.ref) else None


def refused(grant: Grant, form: FormReader, denied: Denied) -> Page:
    """Only wrong digits may be tried again; the rest is told by the page for all troubles."""
    match denied.why:
        case Denial.LINK_GONE:
            return bad_link()
        case Denial.WRONG_DIGITS | Denial.LINK_FROZEN:
            if not form.faults:
                form.fault("digits", denied.why)
            return check_page(grant, form, status=422)
        case _:
            raise denied


def check_page(grant: Grant, form: FormReader, *, status: int = 200) -> Page:
    return Page("status/check.html", {"form": form, "number": grant.number}, status=status)


def bad_link() -> Page:
    """One and the same for unknown, expired, revoked and misspelt links."""
    return Page("status/bad_link.html", status=404)
