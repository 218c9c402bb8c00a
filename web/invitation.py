"""Joining by a letter: the address loses its secret at once, then a name and a password are set."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from litestar import Request, get, post

from services.tenants import invitations, passwords
from services.tenants.invitations import Letter
from services.tenants.refusals import Denial, Denied
from web import access
from web.access import Of
from web.cookies import Jar, bake, clear, read, settings_of
from web.forms import FormReader
from web.page import Page, go
from web.said import Said
from web.troubles import denied

Asked = Request[Any, Any, Any]
TEMPLATE = "session/invitation.html"
LASTS = timedelta(hours=1)
ABOUT_PASSWORD = frozenset(
    {
        Denial.PASSWORD_TOO_SHORT,
        Denial.PASSWORD_TOO_LONG,
        Denial.PASSWORD_COMMON,
        Denial.PASSWORD_UNREADABLE,
    }
)


@get("/invitations/{token:str}", opt=access.public(token=Of.INVITATION))
async def open_letter(request: Asked, token: str) -> Page:
    """What no cookie can carry is none of our tokens."""
    known = token if token.isascii() else ""
    kept = bake(settings_of(request), Jar.INVITATION, known, lasts=LASTS)
    return go("/invitations", cookies=[kept])


@get("/invitations", opt=access.public())
async def show_letter(request: Asked, form: FormReader) -> Page:
    letter = await invitations.read(read(request, Jar.INVITATION))
    return Page(TEMPLATE, {"form": form, "letter": letter})


@post("/invitations", opt=access.public())
async def accept(request: Asked, form: FormReader) -> Page:
    token = read(request, Jar.INVITATION)
    letter = await invitations.read(token)
    if not await accepted(token, letter, form):
        return Page(TEMPLATE, {"form": form, "letter": letter}, status=422)
    return go(
        f"/session?org={quote(letter.organisation.slug)}",
        said=Said.PASSWORD_SET,
        cookies=[clear(settings_of(request), Jar.INVITATION)],
    )


async def accepted(token: str, letter: Letter, form: FormReader) -> bool:
    """What is wrong with the password is told beside it."""
    name = "" if letter.member else form.name("name", needed=True)
    password = form.secret("new_password", longest=passwords.LENGTH_MAX)
    if form.faults:
        return False
    try:
        await invitations.accept(token, name=name, password=password)
    except Denied as error:
        if denied(error).status != 422 or error.why is Denial.INVITATION_VOID:
            raise
        form.fault("new_password" if error.why in ABOUT_PASSWORD else "name", error.why)
        return False
    return True
