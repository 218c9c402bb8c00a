"""One handler for whatever goes wrong: a whole page for people, a problem document for programs.
What somebody had typed is shown again, and can be sent again where that makes sense."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Receive, Scope, Send

from services.tenants.links import Scope as LinkScope
from web import csrf, grants, problems, telling
from web.access import Access
from web.caller import caller_of
from web.forms import FormReader
from web.page import Page
from web.posted import FormTooOld, posted
from web.troubles import AGAIN, Trouble, Verdict, verdict

KEPT_BYTES_MAX = 256 * 1024
SIGN_IN = "/session"
TEMPLATE = "errors/trouble.html"

Asked = Request[Any, Any, Any]


def answer(request: Asked, error: Exception) -> Response[Any]:
    """The exception handler of the whole application."""
    judged = verdict(error)
    if judged.status >= 500:
        tell(request, error, judged)
    if request.scope["path"].startswith(problems.PREFIX):
        return problems.problem(judged, problems.errors_of(error))
    if (place := elsewhere(request, judged)) and request.method in csrf.SAFE:
        return led_to(request, place)
    form = error.form if isinstance(error, FormTooOld) else None
    return Apology(judged, form)


def tell(request: Asked, error: Exception, judged: Verdict) -> None:
    if judged.trouble is Trouble.BUG:
        telling.tell_bug(error, request_id=caller_of(request).request_id)


def elsewhere(request: Asked, judged: Verdict) -> str | None:
    """Where somebody goes who is not signed in yet, or has a link whose second check is open."""
    match judged.trouble:
        case Trouble.SIGN_IN:
            return sign_in_for(request)
        case Trouble.LINK_NEEDED:
            handler: Any = request.scope.get("route_handler")
            access = handler.opt.get("access") if handler else None
            return check_for(request, access.scope) if isinstance(access, Access) else None
        case _:
            return None


def check_for(request: Asked, scope: LinkScope | None) -> str | None:
    """The visit is over, the place is not: the digits lead back to it."""
    place = grants.check_page(request, scope)
    return f"{place}?then={quote(asked_for(request), safe='/')}" if place else None


def sign_in_for(request: Asked) -> str:
    """The organisation comes from the path; the page there names it and asks for both factors."""
    asked = [f"then={quote(asked_for(request), safe='/')}"]
    if org := request.path_params.get("org"):
        asked.append(f"org={quote(str(org), safe='')}")
    return f"{SIGN_IN}?{'&'.join(asked)}"


def asked_for(request: Asked) -> str:
    """What was sent cannot be asked for again; its page can."""
    query = request.scope["query_string"].decode("ascii", "replace")
    is_whole = query and request.method in csrf.SAFE
    return f"{request.scope['path']}?{query}" if is_whole else request.scope["path"]


def led_to(request: Asked, place: str) -> Response[Any]:
    """A fragment is never replaced by a page for signing in: htmx leaves the whole page."""
    if request.headers.get("hx-request") == "true":
        return Response(b"", status_code=401, headers={"HX-Redirect": place})
    return Response(b"", status_code=303, headers={"Location": place})


class Apology(Response[None]):
    """Reads what was typed, which an exception handler itself cannot wait for."""

    def __init__(self, judged: Verdict, form: FormReader | None) -> None:
        super().__init__(None, status_code=judged.status)
        self.judged, self.form = judged, form

    def to_asgi_response(self, app: Any, request: Asked, **others: Any) -> Any:
        async def told(scope: Scope, receive: Receive, send: Send) -> None:
            form = self.form or await kept(request, self.judged)
            page = trouble_page(request, self.judged, form)
            rendered: ASGIApp = page.to_asgi_response(None, request, **others)
            await rendered(scope, receive, send)

        return told


async def kept(request: Asked, judged: Verdict) -> FormReader | None:
    """Nothing of what another site sent, and nothing that would have to be read for long."""
    announced = request.headers.get("content-length", "0")
    is_small = announced.isdecimal() and int(announced) <= KEPT_BYTES_MAX
    is_ours = csrf.is_change(request) and judged.trouble is not Trouble.CROSS_SITE
    if not (is_ours and is_small and "route_handler" in request.scope):
        return None
    try:
        return await posted(request)
    except HTTPException:
        return None


def trouble_page(request: Asked, judged: Verdict, form: FormReader | None) -> Page:
    data = {
        "trouble": judged.trouble,
        "why": judged.why,
        "wait": judged.wait,
        "form": form if form and form.typed else None,
        "again": judged.trouble in AGAIN,
        "is_part": request.headers.get("hx-request") == "true",
        "elsewhere": elsewhere(request, judged),
        "number": caller_of(request).request_id if judged.status >= 500 else None,
    }
    aimed = {"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"}
    headers = {**judged.headers, **judged.retry_after, **aimed}
    return Page(TEMPLATE, data, block="trouble", status=judged.status, headers=headers)
