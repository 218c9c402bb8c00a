"""Password, then second factor, then a session: the pages before `services.tenants.sign_in`."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import segno
from litestar import Request, get, post
from litestar.datastructures import Cookie
from markupsafe import Markup

from services.tenants import organisations, passwords, sessions, sign_in
from services.tenants.devices import REMEMBERED
from services.tenants.refusals import Denial, Denied
from services.tenants.sessions import TO_THE_SECOND_STEP, Session
from services.tenants.sign_in import SignedIn, Visit
from web import access
from web.caller import session_of
from web.cookies import Jar, bake, clear, read, settings_of
from web.forms import FormReader
from web.page import Page, go, is_ours
from web.said import Said
from web.troubles import denied

Asked = Request[Any, Any, Any]
FIRST, SECOND = "session/password.html", "session/code.html"
ANONYMOUS = access.public()


@get("/session", opt=ANONYMOUS)
async def ask_password(request: Asked, form: FormReader) -> Page:
    query = request.query_params
    form.fill(org=query.get("org", ""), then=query.get("then", ""))
    return Page(FIRST, {"form": form, **await at(form)})


@post("/session", opt=ANONYMOUS)
async def take_password(request: Asked, form: FormReader) -> Page:
    try:
        token = await half_way(request, form)
    except Denied as error:
        return refused(FIRST, form, error, **await at(form))
    if token is None:
        return Page(FIRST, {"form": form, **await at(form)}, status=422)
    half = bake(settings_of(request), Jar.SECOND_STEP, token, lasts=TO_THE_SECOND_STEP)
    return go(f"/session/code?then={quote(form.value('then'))}", cookies=[half])


@get("/session/code", opt=ANONYMOUS)
async def ask_code(request: Asked, form: FormReader) -> Page:
    half = await sessions.find_half(read(request, Jar.SECOND_STEP))
    if half is None:
        return go("/session")
    form.fill(then=request.query_params.get("then", ""))
    return Page(SECOND, {"form": form, **await second_step(request, half)})


@post("/session/code", opt=ANONYMOUS)
async def take_code(request: Asked, form: FormReader) -> Page:
    half_token = read(request, Jar.SECOND_STEP)
    half = await sessions.find_half(half_token)
    code = form.secret("code")
    if half is None:
        return go(first_step(form), said=Said.SIGN_IN_AGAIN)
    if form.faults:
        return Page(SECOND, {"form": form, **await second_step(request, half)}, status=422)
    try:
        signed_in = await sign_in.by_code(half_token, code, visit=visit(request))
    except Denied as error:
        return refused(SECOND, form, error, **await second_step(request, half))
    return welcome(request, form, half, signed_in)


@post("/session/end", opt=access.staff())
async def sign_out(request: Asked) -> Page:
    session = session_of(request)
    await sessions.sign_out(session)
    cookies = [clear(settings_of(request), Jar.SESSION)]
    return go(f"/session?org={session.seat.slug}", said=Said.SIGNED_OUT, cookies=cookies)


async def at(form: FormReader) -> dict[str, Any]:
    """Where one signs in, by its name, once its short name is known."""
    slug = form.value("org").strip().lower()
    return {"organisation": await organisations.by_slug(slug) if slug else None}


def first_step(form: FormReader) -> str:
    """Back to the password, at the same association and on the way to the same page."""
    return f"/session?org={quote(form.value('org'), safe='')}&then={quote(form.value('then'))}"


async def half_way(request: Asked, form: FormReader) -> str | None:
    """That an organisation exists is no secret: its pages are public."""
    slug, email = form.line("org", needed=True), form.email("email", needed=True)
    password = form.secret("password", longest=passwords.LENGTH_MAX)
    if form.faults or email is None:
        return None
    organisation = await organisations.by_slug(slug.lower())
    if organisation is None:
        raise Denied(Denial.WRONG_CREDENTIALS)
    return await sign_in.by_password(
        organisation, email=email, password=password, visit=visit(request)
    )


def visit(request: Asked) -> Visit:
    return Visit(
        address=request.client.host if request.client else "",
        browser=request.headers.get("user-agent", ""),
        device=read(request, Jar.DEVICE),
    )


def refused(template: str, form: FormReader, error: Denied, **data: Any) -> Page:
    judged = denied(error)
    form.refuse(error.why)
    headers = judged.retry_after
    return Page(template, {"form": form, **data}, status=judged.status, headers=headers)


async def second_step(request: Asked, half: Session) -> dict[str, Any]:
    """Who has no second factor yet is shown how to set one up."""
    if half.enrolled:
        return {"half": half, "secret": None, "picture": None}
    enrolment = await sign_in.enrol(read(request, Jar.SECOND_STEP))
    drawn = segno.make(enrolment.uri, error="m").svg_inline(scale=5, border=4, omitsize=True)
    spaced = " ".join(enrolment.secret[at : at + 4] for at in range(0, len(enrolment.secret), 4))
    return {"half": half, "secret": spaced, "picture": Markup(drawn)}  # noqa: S704 -- our own drawing


def welcome(request: Asked, form: FormReader, half: Session, signed_in: SignedIn) -> Page:
    """Recovery codes are shown once, before anything else."""
    asked = form.value("then")
    onwards = asked if is_ours(asked) else f"/{half.seat.slug}/desk/queue"
    cookies = keys_to_keep(request, signed_in)
    if not signed_in.recovery_codes:
        return go(onwards, cookies=cookies)
    data = {"codes": signed_in.recovery_codes, "onwards": onwards, "name": half.name}
    return Page("session/recovery.html", data, cookies=cookies)


def keys_to_keep(request: Asked, signed_in: SignedIn) -> list[Cookie]:
    settings = settings_of(request)
    return [
        bake(settings, Jar.SESSION, signed_in.token, lasts=timedelta(hours=12)),
        bake(settings, Jar.DEVICE, signed_in.device, lasts=REMEMBERED),
        clear(settings, Jar.SECOND_STEP),
    ]
