"""A page is one template. Whole for a browser without scripts, one block of it for htmx."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from litestar.response.base import ASGIResponse

from services.cases import counts
from services.tenants import fit
from services.wording.say import Unworded, phrase
from web import cookies as jars
from web import csrf, hue
from web.caller import Caller, caller_of
from web.cookies import Jar, settings_of
from web.tastes import ASKED_AS
from web.templating import block_of, whole

Asked = Request[Any, Any, Any]
Data = Mapping[str, Any]
NOTHING: Data = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What every template may know besides its own data."""

    request: Asked
    caller: Caller
    here: str
    flash: str | None
    organisation: str | None
    slug: str | None
    hue: str | None
    """The address of the sheet with their own colour, where it is not ours."""

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Of this page; how it shall look is no part of it."""
        found = parse_qsl(self.request.scope["query_string"].decode("ascii", "replace"))
        return [(name, value) for name, value in found if name not in ASKED_AS]

    @property
    def address(self) -> str:
        return f"{self.here}?{urlencode(self.asked)}" if self.asked else self.here

    def liking(self, taste: str, value: str) -> str:
        """The same page once more, in another look: beginning at its own address, so that two pages
        that tell nothing stay alike."""
        return f"?{urlencode([*self.asked, (taste, value)])}"

    @property
    def open_cases(self) -> int | None:
        """Beside the link to the queue, as last counted."""
        found = counts.known(self.caller.seat) if self.caller.session and self.caller.seat else None
        return found.open if found else None

    @property
    def csrf(self) -> str:
        """Asked for by pages with forms only: it plants a cookie with people who are nobody yet."""
        return csrf.token(self.request)


class Page(Response[None]):
    """What a handler answers. With `then`, a success leads there: 303 for a plain form; htmx gets
    the block where one is named. With a status of 400 and more it stays on the page. `said` is the
    sentence for the top of the next page, with the number `n` where it has room for one."""

    def __init__(
        self,
        template: str,
        data: Data = NOTHING,
        *,
        block: str | None = None,
        status: int = 200,
        then: str | None = None,
        said: Enum | None = None,
        n: int | None = None,
        cookies: Iterable[Cookie] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        assert then is None or is_ours(then), then
        super().__init__(None, status_code=status, headers=dict(headers or {}))
        self.template, self.data, self.block = template, data, block
        self.status = status
        self.then, self.said, self.n, self.baked = then, said, n, tuple(cookies)

    def to_asgi_response(self, app: Any, request: Asked, **others: Any) -> ASGIResponse:
        others.pop("status_code", None)
        return self.answer(request).to_asgi_response(app, request, **others)

    def answer(self, request: Asked) -> Response[Any]:
        partial = request.headers.get("hx-request") == "true"
        if self.then and self.status < 400 and not (partial and self.block):
            return self.lead(request, self.then, partial=partial)
        view = view_of(request)
        told = {**self.data, "view": view}
        html = (
            block_of(self.template, self.block, told)
            if partial and self.block
            else whole(self.template, told)
        )
        return Response(
            html,
            status_code=self.status,
            media_type=MediaType.HTML,
            headers=self.headers,
            cookies=[*self.baked, *planted(request), *swept(request, view)],
        )

    def lead(self, request: Asked, then: str, *, partial: bool) -> Response[Any]:
        flash = [flashed(request, self.said, self.n)] if self.said else []
        moved = {"HX-Redirect": then} if partial else {"Location": then}
        return Response(
            b"",
            status_code=200 if partial else 303,
            media_type=MediaType.HTML,
            headers={**self.headers, **moved},
            cookies=[*self.baked, *flash],
        )


def go(
    then: str,
    *,
    said: Enum | None = None,
    n: int | None = None,
    cookies: Iterable[Cookie] = (),
) -> Page:
    """Only onwards: for acts whose result is another page."""
    return Page("", then=then, said=said, n=n, cookies=cookies)


def is_ours(address: str) -> bool:
    """A path on this host: `//elsewhere` and `/\\elsewhere` are none."""
    return address.startswith("/") and address[1:2] not in {"/", "\\"} and address.isprintable()


def view_of(request: Asked) -> View:
    caller = caller_of(request)
    organisation, slug, degrees = host_of(caller)
    return View(
        request=request,
        caller=caller,
        here=request.scope["path"],
        flash=words_of(jars.read(request, Jar.FLASH)),
        organisation=organisation,
        slug=slug,
        hue=hue.address(degrees),
    )


def host_of(caller: Caller) -> tuple[str | None, str | None, int]:
    """The organisation whose page this is: its name, its name in addresses, and its colour."""
    if caller.session:
        session = caller.session
        return session.organisation, session.seat.slug, session.hue
    if caller.organisation:
        return caller.organisation.name, caller.organisation.slug, caller.organisation.hue
    return None, None, fit.HUE


def flashed(request: Asked, said: Enum, n: int | None = None) -> Cookie:
    value = f"{type(said).__name__}.{said.value}" + (f".{n}" if n is not None else "")
    return jars.bake(settings_of(request), Jar.FLASH, value)


def words_of(flash: str) -> str | None:
    """A cookie can only choose among our own sentences, and name a number."""
    group, _, rest = flash.partition(".")
    key, _, n = rest.partition(".")
    try:
        return phrase(group, key, n=int(n or 0)) if key else None
    except (Unworded, KeyError, ValueError):
        return None


def swept(request: Asked, view: View) -> list[Cookie]:
    return [jars.clear(settings_of(request), Jar.FLASH)] if view.flash else []


def planted(request: Asked) -> list[Cookie]:
    """The id that this page's forms are bound to, unless the browser holds it already."""
    anonymous = caller_of(request).anonymous
    if anonymous is None or csrf.planted(request) == anonymous:
        return []
    return [jars.bake(settings_of(request), Jar.ANONYMOUS, anonymous)]
