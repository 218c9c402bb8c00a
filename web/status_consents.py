"""“What you allowed”: each consent by itself, with the words that were read, to be given later or
taken back, and what follows from it.
"""

from typing import Any
from uuid import uuid4

from litestar import get, post
from litestar.exceptions import NotFoundException

from services.cases import ledger
from services.cases.receipts import Conflict, Stale
from services.cases.views import CaseView
from services.lifecycle.commands import GiveConsent, RevokeConsent
from services.lifecycle.kinds import Consent
from services.lifecycle.refusals import Refused, Why
from services.tenants.links import Scope
from services.tenants.seats import Seat
from services.wording import consents as texts
from services.wording.language import Language
from services.wording.say import phrase
from web import access
from web.access import Of
from web.asking import lines as sentences
from web.caller import caller_of
from web.consents import Line, lines
from web.forms import FormReader
from web.intake_form import SHOWN
from web.page import Asked, Page, go
from web.said import Said
from web.status_acts import kept, knows_the_digits, own_case
from web.status_heading import heading

LIST = access.link(Scope.STATUS, number=Of.CASE)
ONE = access.link(Scope.STATUS, number=Of.CASE, consent=Of.OURS)
PATH = "/s/{number:str}/consents/{consent:str}"
WISH = "wish"
GIVE, REVOKE = "give", "revoke"


@get("/s/{number:str}/consents", opt=LIST)
async def show(request: Asked, seat: Seat) -> Page:
    view = await own_case(seat)
    rows = [(line, words(request, line)) for line in lines(view)]
    data = {**heading(request, view, seat), "lines": rows}
    return Page("status/consents.html", data, cookies=kept(request))


@get(PATH, opt=ONE)
async def show_one(request: Asked, seat: Seat, consent: str, form: FormReader) -> Page:
    view = await own_case(seat)
    return change_page(request, seat, view, known(consent), form.of_version(view.case.version))


@post(PATH, opt=ONE)
async def change(request: Asked, seat: Seat, consent: str, form: FormReader) -> Page:
    view, which = await own_case(seat), known(consent)
    command = command_of(request, form, which)
    asks = command is None or isinstance(command, GiveConsent) or which is Consent.PRIVACY
    if asks and not await knows_the_digits(request, form):
        return change_page(request, seat, view, which, form, status=422)
    if command is None:
        form.refuse(Why.CONSENT_TEXT_CHANGED)
        return change_page(request, seat, view, which, form, status=422)
    return await done(request, seat, view, command, form)


async def done(
    request: Asked,
    seat: Seat,
    view: CaseView,
    command: GiveConsent | RevokeConsent,
    form: FormReader,
) -> Page:
    try:
        await ledger.apply(seat, view.number, command, command_id=form.command_id)
    except Refused as refused:
        form.refuse(refused.why)
        return change_page(request, seat, view, command.consent, form, status=422)
    except (Stale, Conflict):
        form.command_id = uuid4()
        now = await own_case(seat)
        return change_page(request, seat, now, command.consent, form, status=409)
    gave = isinstance(command, GiveConsent)
    said = Said.CONSENT_GIVEN if gave else Said.CONSENT_REVOKED
    return go(f"/s/{view.number}/consents", said=said, cookies=kept(request))


def command_of(
    request: Asked, form: FormReader, which: Consent
) -> GiveConsent | RevokeConsent | None:
    """None where another text stood on the form than the one of today."""
    if form.value(WISH) == REVOKE:
        return RevokeConsent(consent=which)
    read = texts.unsealed(form.value(SHOWN), (which,), association=association(request))
    return GiveConsent(consent=which, shown=read[0]) if read else None


def change_page(
    request: Asked,
    seat: Seat,
    view: CaseView,
    which: Consent,
    form: FormReader,
    *,
    status: int = 200,
) -> Page:
    line = next(each for each in lines(view) if each.consent is which)
    wish = REVOKE if line.given else GIVE
    name = association(request)
    data = {
        **heading(request, view, seat),
        "form": form,
        "line": line,
        "wish": wish,
        "words": words(request, line),
        "sealed": texts.seal((which,), association=name),
        "ask": phrase("ConsentAsk", wish),
        "do": phrase("ConsentDo", wish),
        "then": sentences("ConsentRevoked" if line.given else "ConsentGiven", which.value),
        "asks_digits": wish == GIVE or which is Consent.PRIVACY,
        "twice": status == 409,
    }
    return Page("status/consent.html", data, status=status, cookies=kept(request))


def words(request: Asked, line: Line) -> dict[str, Any] | None:
    """What was agreed to, as it was read; for what is not allowed, the text of today."""
    name = association(request)
    if line.given and line.shown is None:
        return None
    if line.shown is None:
        return {"text": texts.text_now(line.consent, association=name), "lang": None, "n": None}
    text = texts.as_read(line.shown, association=name)
    return {"text": text, "lang": Language(line.shown.language).tag, "n": line.shown.version}


def known(consent: str) -> Consent:
    try:
        return Consent(consent)
    except ValueError:
        raise NotFoundException from None


def association(request: Asked) -> str:
    organisation = caller_of(request).organisation
    assert organisation is not None, "whoever came by a link came to one"
    return organisation.name
