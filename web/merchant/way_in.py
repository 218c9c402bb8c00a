"""Coming in by the link of a demand: the address loses its secret at once; then the code is asked
that came apart from it. Before that the page names the association and nothing else.
"""

from datetime import UTC, datetime

from litestar import get, post

from services.cases.search_terms import number_in
from services.tenants import grants as held_grants
from services.tenants import links, organisations, second_check
from services.tenants.grants import Grant
from services.tenants.links import Scope
from services.tenants.refusals import Denial, Denied
from web import access, grants
from web.access import Of
from web.caller import caller_of
from web.forms import FormReader
from web.link import granted
from web.page import Asked, Page, go, is_ours

CHECK = access.public(number=Of.CASE)


@get("/m/{token:str}", opt=access.public(token=Of.LINK))
async def open_link(request: Asked, token: str) -> Page:
    """Previews may fetch it as often as they like: it changes nothing but their own cookie."""
    if number_in(token) == token:
        return go(f"/m/{token}/answer")
    opened = await links.resolve(token, address=request.client.host if request.client else "")
    grant = await granted(opened) if opened and opened.ref.scope is Scope.MERCHANT else None
    if grant is None:
        return bad_link()
    step = "answer" if grant.checked else "check"
    return go(f"/m/{grant.number}/{step}", cookies=[grants.keep(request, grant)])


@get("/m/{number:str}/check", opt=CHECK)
async def show_check(request: Asked, form: FormReader) -> Page:
    grant = await still_open(request)
    if grant is None:
        return bad_link()
    form.fill(then=request.query_params.get("then", ""))
    return go(onwards(grant, form)) if grant.checked else check_page(grant, form)


@post("/m/{number:str}/check", opt=CHECK)
async def check(request: Asked, form: FormReader) -> Page:
    grant = await still_open(request)
    if grant is None:
        return bad_link()
    try:
        await second_check.check(grant.ref, form.line("code", needed=True))
    except Denied as denied:
        return refused(grant, form, denied)
    known = held_grants.begin(grant.ref, number=grant.number, checked=True, now=datetime.now(UTC))
    return go(onwards(grant, form), cookies=[grants.keep(request, known)])


def onwards(grant: Grant, form: FormReader) -> str:
    """Back to the page of this case that was asked for."""
    base, asked = f"/m/{grant.number}/", form.value("then")
    return asked if asked.startswith(base) and is_ours(asked) else f"{base}answer"


async def still_open(request: Asked) -> Grant | None:
    grant = grants.held_for(request, Scope.MERCHANT)
    if grant is None or await links.admit(grant.ref) is None:
        return None
    caller_of(request).organisation = await organisations.by_id(grant.ref.tenant)
    return grant


def refused(grant: Grant, form: FormReader, denied: Denied) -> Page:
    """Only a wrong code may be tried again; the rest is told by the page for all troubles."""
    match denied.why:
        case Denial.LINK_GONE:
            return bad_link()
        case Denial.WRONG_LETTER_CODE | Denial.LINK_FROZEN:
            if not form.faults:
                form.fault("code", denied.why)
            return check_page(grant, form, status=422)
        case _:
            raise denied


def check_page(grant: Grant, form: FormReader, *, status: int = 200) -> Page:
    return Page("merchant/check.html", {"form": form, "number": grant.number}, status=status)


def bad_link() -> Page:
    """One and the same for unknown, expired, revoked and misspelt links."""
    return Page("merchant/bad_link.html", status=404)
