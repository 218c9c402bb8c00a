"""What the gallery shows the parts with, made by the code that makes it for pages."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.cases.load import Load
from services.cases.presence import Doing, Present
from services.lifecycle.bells import local_day
from services.lifecycle.contacts import ContactKind, ContactOutcome, Party
from services.lifecycle.kinds import Platform, Problem, Role
from services.tenants import seats
from services.tenants.seats import Seat
from services.wording.say import phrase, say
from web import case as case_page
from web import ladder, tone
from web.act_forms import ActForm, act_form
from web.acts import BY_NOUN, allowed_acts, likely_acts
from web.choices import Around
from web.clash import clash
from web.consents import lines
from web.filings import filings
from web.forms import Flaw, FormReader
from web.gallery import imagined
from web.gallery.looks import charts, countdowns, every_due, glyphs, promises, tiles
from web.gallery.pieces import pieces
from web.gap import gap
from web.ladder import Stair
from web.met import met
from web.reckoning import deadlines, everything_owed, forecast
from web.situations import situation
from web.timeline import rows

HERE = "/parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """A row of the queue, as far as a chosen case needs it."""

    number: str
    title: str
    assignee: UUID | None = None


def samples(form: FormReader) -> dict[str, Any]:
    return {**of_case(form), **of_forms(form), **of_looks()}


def of_case(form: FormReader) -> dict[str, Any]:
    view, seat = imagined.view(), somebody()
    return {
        "case": view,
        "today": local_day(view.now),
        "ladders": ladders(),
        "gap": gap(view.case),
        "promises": promises(),
        "deadlines": deadlines(view),
        "met": met(view),
        "reckoned": everything_owed(view)[:1],
        "forecast": forecast(view, reader=Role.MANAGER)[:3],
        "timeline": rows(view, reader=Role.MANAGER),
        "filings": filings(view, reader=Role.MANAGER),
        "parties": case_page.parties(view, seat, contacts=False),
        "consents": [line for line in lines(view) if line.on],
        "complainant": Role.CONSUMER,
        "clash": clash(offer(form), view, since=view.case.version - 2, reader=Role.MANAGER),
        "likely": likely(form),
        "people": tuple(colleagues()),
        "loads": tuple(loads()),
        "picked": Picked(number=view.number, title=view.title),
        "sets": {"kind": ContactKind, "whom": Party, "outcome": ContactOutcome},
    }


def of_forms(form: FormReader) -> dict[str, Any]:
    return {
        "form": filled(form),
        "faulty": faulty(FormReader(csrf=form.csrf)),
        "act": offer(form),
        **toned(FormReader(csrf=form.csrf)),
        "problems": [(code.value, say(code)) for code in tuple(Problem)[:3]],
        "platforms": [(code.value, say(code)) for code in tuple(Platform)[:4]],
    }


def of_looks() -> dict[str, Any]:
    found = charts()
    return {
        "dues": every_due(),
        "countdowns": countdowns(),
        "glyphs": tuple(glyphs()),
        "tiles": tiles(),
        "pieces": pieces(),
        **found,
    }


def somebody() -> Seat:
    return seats.staff(
        tenant=imagined.NOBODY, slug="parts", person=imagined.SOMEBODY, role=Role.MANAGER
    )


def ladders() -> list[tuple[tuple[Stair, ...], str]]:
    """A first stair, one filed on, mediation beside a shut regulator, and how it works; each with
    whose turn it is."""
    book = imagined.rules().playbook
    cases = [imagined.view(at).case for at in (1, 5, -1)]
    drawn = [(ladder.stairs(case, book), phrase("Turn", case.ball.value)) for case in cases]
    return [*drawn, (ladder.ahead(), "")]


def colleagues() -> list[Present]:
    now = imagined.story()["now"]
    return [
        Present(name=name, doing=doing, lasting=now - imagined.story()["came_at"])
        for name, doing in zip(imagined.story()["colleagues"], Doing, strict=True)
    ]


def loads() -> list[Load]:
    return [
        Load(person=imagined.SOMEBODY, name=name, open=9 * n, soon=2 * n)
        for n, name in enumerate(imagined.story()["colleagues"], 1)
    ]


def filled(form: FormReader) -> FormReader:
    complaint = imagined.story()["complaint"]
    return form.fill(facts=complaint["facts"], problem=Problem.QUALITY, consents=["privacy"])


def faulty(form: FormReader) -> FormReader:
    form.fill(email="li.demo", amount="一千多")
    form.fault("email", Flaw.NOT_AN_EMAIL)
    form.fault("amount", Flaw.NOT_MONEY)
    form.fault("problem", Flaw.CHOICE_MISSING)
    return form


def toned(form: FormReader) -> dict[str, Any]:
    form.fill(**{"sample.text": imagined.story()["heated"]})
    return {"heated": form, "toned": tone.read(form, "sample.text")}


def offer(form: FormReader) -> ActForm:
    return acting("offer", form)


def acting(noun: str, form: FormReader) -> ActForm:
    view, empty = imagined.view(), FormReader(csrf=form.csrf)
    return act_form(BY_NOUN[noun], view, empty, role=Role.MANAGER, base=HERE, around=Around())


def likely(form: FormReader) -> list[ActForm]:
    view = imagined.view()
    found = likely_acts(allowed_acts(view, Role.MANAGER), situation(view.case, now=view.now))
    return [acting(act.noun, form) for act in found]
