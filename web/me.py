"""Own settings: how the pages look to me, my password, where I am signed in, the keys."""

from datetime import UTC, datetime
from typing import Any

from litestar import get, post

from services.lifecycle.bells import local_day
from services.tenants import own_password, passwords, sessions
from services.tenants.refusals import Denial, Denied
from services.tenants.seats import Seat
from web import access, browsers
from web.access import Of
from web.caller import session_of
from web.forms import FormReader
from web.page import Asked, Page, go
from web.said import Said
from web.sign_in import visit
from web.tastes import CHOICES
from web.troubles import denied

OPT = access.staff()
ONE = access.staff(session=Of.SESSION)
SETTINGS, SIGN_INS = "me/me.html", "me/sessions.html"


@get("/me", opt=OPT)
async def show(form: FormReader) -> Page:
    return settings(form)


@get("/me/password", opt=OPT)
async def show_password(form: FormReader) -> Page:
    """For whoever comes back to the address that answered a wrong password."""
    return settings(form)


@post("/me/password", opt=OPT)
async def change_password(request: Asked, form: FormReader) -> Page:
    status, headers = 422, {}
    try:
        if await changed(request, form):
            return go("/me", said=Said.PASSWORD_CHANGED)
    except Denied as error:
        form.fault(field_of(error.why), error.why)
        status, headers = denied(error).status, denied(error).retry_after
    return settings(form, status=status, headers=headers)


def settings(form: FormReader, **answer: Any) -> Page:
    return Page(SETTINGS, {"form": form, "choices": CHOICES}, **answer)


@get("/me/sessions", opt=OPT)
async def show_sessions(request: Asked, seat: Seat, form: FormReader) -> Page:
    here = session_of(request).hash.hex()
    lines = [
        {"open": one, "name": browsers.named(one.device), "is_here": one.id == here}
        for one in await sessions.mine(seat)
    ]
    return Page(SIGN_INS, {"form": form, "lines": lines, "today": local_day(datetime.now(UTC))})


@post("/me/sessions/{session:str}/end", opt=ONE)
async def end_session(seat: Seat, session: str) -> Page:
    await sessions.revoke(seat, session)
    return go("/me/sessions", said=Said.SIGNED_OUT_THERE)


@post("/me/sessions/end", opt=OPT)
async def end_others(request: Asked) -> Page:
    await sessions.revoke_others(session_of(request))
    return go("/me/sessions", said=Said.SIGNED_OUT_ELSEWHERE)


@get("/me/shortcuts", opt=OPT)
async def show_shortcuts() -> Page:
    return Page("me/shortcuts.html")


async def changed(request: Asked, form: FormReader) -> bool:
    """False where something was not filled in."""
    password = form.secret("password", longest=passwords.LENGTH_MAX)
    new = form.secret("new_password", longest=passwords.LENGTH_MAX)
    code = form.secret("code")
    if not form.faults:
        await own_password.change(
            session_of(request), password=password, code=code, new=new, visit=visit(request)
        )
    return not form.faults


def field_of(why: Denial) -> str:
    """Beside the new password stands what is wrong with it; the rest concerns the whole form."""
    return "new_password" if why.value.startswith("password_") else ""
