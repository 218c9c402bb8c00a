"""A merchant comes in by the link of a demand: the code is asked that came apart from it, by a page
that names the association and nothing else.
"""

from litestar import get, post

from services.tenants.links import Scope
from services.tenants.refusals import Denial
from web import access, way_in
from web.access import Of
from web.forms import FormReader
from web.page import Asked, Page
from web.way_in import WayIn

WAY = WayIn(
    scope=Scope.MERCHANT,
    base="/m",
    first="answer",
    asked="code",
    wrong=Denial.WRONG_LETTER_CODE,
    pages="merchant",
    is_named=True,
)
CHECK = access.public(number=Of.CASE)


@get("/m/{token:str}", opt=access.public(token=Of.LINK))
async def open_link(request: Asked, token: str) -> Page:
    return await way_in.opened(WAY, request, token)


@get("/m/{number:str}/check", opt=CHECK)
async def show_check(request: Asked, form: FormReader) -> Page:
    return await way_in.asking(WAY, request, form)


@post("/m/{number:str}/check", opt=CHECK)
async def check(request: Asked, form: FormReader) -> Page:
    return await way_in.checked(WAY, request, form)
