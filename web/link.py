"""A consumer comes in by the link of their case: the last four digits of their phone are asked."""

from litestar import get, post

from services.tenants.links import Scope
from services.tenants.refusals import Denial
from web import access, way_in
from web.access import Of
from web.forms import FormReader
from web.page import Asked, Page
from web.way_in import WayIn

WAY = WayIn(
    scope=Scope.STATUS,
    base="/s",
    first="status",
    asked="digits",
    wrong=Denial.WRONG_DIGITS,
    pages="status",
)
CHECK = access.public(number=Of.CASE)


@get("/s/{token:str}", opt=access.public(token=Of.LINK))
async def open_link(request: Asked, token: str) -> Page:
    return await way_in.opened(WAY, request, token)


@get("/s/{number:str}/check", opt=CHECK)
async def show_check(request: Asked, form: FormReader) -> Page:
    return await way_in.asking(WAY, request, form)


@post("/s/{number:str}/check", opt=CHECK)
async def check(request: Asked, form: FormReader) -> Page:
    return await way_in.checked(WAY, request, form)
