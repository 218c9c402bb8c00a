"""The form of a request: its token is checked before every change, and handlers are given it as
`form: FormReader`."""

from typing import Any

from litestar import Request

from web import csrf
from web.access import FORMS, access_of
from web.body import values
from web.forms import FormReader, received, sole


class FormTooOld(Exception):
    """Its token is not one of ours for this person now; what was typed is kept for another try."""

    def __init__(self, form: FormReader) -> None:
        super().__init__("form too old")
        self.form = form


async def check(request: Request[Any, Any, Any]) -> None:
    """Before every handler of a change that a browser may ask for, whether it needs the form or
    not: one with no genuine token goes no further. A ticket in the address was checked before."""
    access = access_of(request.route_handler)
    if csrf.is_change(request) and access.door in FORMS and not access.ticketed:
        found = await posted(request)
        given = request.headers.get(csrf.HEADER) or sole(found, csrf.FIELD)
        if not csrf.is_genuine(request, given):
            raise FormTooOld(found)
        request.scope["state"]["form"] = found


async def form(request: Request[Any, Any, Any]) -> FormReader:
    """Empty for a page that shows it, filled for one that takes it."""
    found: FormReader | None = request.scope["state"].get("form")
    return found or FormReader(csrf=csrf.token(request))


async def posted(request: Request[Any, Any, Any]) -> FormReader:
    content_type = request.headers.get("content-type", "")
    return received(values(content_type, await request.body()), csrf=csrf.token(request))
