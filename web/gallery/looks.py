"""Samples of what shows a state by its look: dates, glyphs, tiles of evidence, charts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.lifecycle.facts import Promise
from services.lifecycle.facts import Words as FactWords
from services.lifecycle.kinds import Ball, Door, FilingState, Reason, Stage
from services.lifecycle.spans import Kind
from services.wording.say import phrase, say
from web import dues
from web.charts.chart import Chart, Words, bar_chart, column_chart, line_chart, stacked_chart
from web.charts.lines import spark
from web.charts.shapes import Datum, Drawing, Series
from web.countdown import Countdown
from web.dues import Due, Note, Press
from web.gallery import imagined
from web.glyph import Glyph, glyph

AT_DOORS = (
    (Stage.AWAITING_MERCHANT, Door.MERCHANT),
    (Stage.ESCALATED_TO_PLATFORM, Door.PLATFORM),
    (Stage.IN_MEDIATION, Door.ASSOCIATION),
    (Stage.ESCALATED_TO_REGULATOR, Door.REGULATOR),
    (Stage.LEGAL_ACTION, Door.LAW),
)
MONTHS = tuple(str(n) for n in (11, 12, *range(1, 12)))
TAKEN = (41, 38, 52, 47, 60, 55, 58, 61, 49, 66, 72, 70, 64)
ENDED = (36, 40, 45, None, 51, 57, 50, 63, 52, 58, 69, 71, 60)
PRESSED = ((Press.OVER, 2, "late"), (Press.TODAY, 1, "today"), (Press.SOON, 7, "soon"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """`why` is the sentence where the state alone does not say enough; `act` can be done to it."""

    id: str
    name: str
    state: str
    why: str = ""
    act: str = ""
    percent: int = 0
    badge: str = ""
    picture: str = ""
    address: str = ""


def glyphs() -> Iterator[Glyph]:
    yield glyph(Stage.SUBMITTED, None, None)
    for stage, door in AT_DOORS:
        yield glyph(stage, door, FilingState.OWED)
        yield glyph(stage, door, FilingState.SENT)
    yield glyph(Stage.CLOSED, Door.LAW, None)


def every_due() -> tuple[Due, ...]:
    """One for each press, with few days and many, in each unit, with each note."""
    calendar, now = imagined.rules().calendar, imagined.story()["now"]
    midnight = now.replace(hour=0, minute=0)
    working = [
        dues.days(midnight + timedelta(days=n), now=now, calendar=calendar, total=5)
        for n in (-3, 0, 1, 2, 4, 20)
    ]
    natural = dues.days(midnight + timedelta(days=48), now=now, calendar=calendar, unit=Kind.DAYS)
    return (
        *working,
        replace(natural, noted=(Note.ROLLS,), provisional=True),
        replace(working[3], noted=(Note.ORDER_PAGE,)),
        dues.elapsed(now + timedelta(minutes=40), now=now),
        dues.elapsed(now + timedelta(hours=5), now=now),
        dues.paused(Reason.APPRAISAL),
        dues.NONE,
        Due(press=Press.MET, left=6, last_day=date(2026, 11, 20)),
    )


def countdowns() -> tuple[Countdown, ...]:
    """Calm for who only waits, warm for who must act."""
    tones = {Press.SOON: "soon", Press.TODAY: "over", Press.OVER: "over"}
    return tuple(
        Countdown(due=due, before="", after="", tone=tones.get(due.press, "calm"))
        for due in every_due()
    )


def promises() -> tuple[Promise, ...]:
    """Open, kept and broken."""
    return tuple(
        Promise(
            seq=seq,
            door=Door.MERCHANT,
            promisor=Ball.MERCHANT,
            what=FactWords(text=imagined.story()["title"]),
            amount=None,
            due_on=date(2026, 12, 4),
            made_at=imagined.story()["now"],
            kept=kept,
        )
        for seq, kept in enumerate((None, True, False))
    )


def tiles() -> tuple[Tile, ...]:
    """One for each state that a file can be in."""
    return tuple(
        Tile(
            id=str(n),
            name=one["name"],
            state=one["state"],
            why=phrase("Upload", one["why"]) if "why" in one else "",
            act=one.get("act", ""),
            percent=one.get("percent", 0),
            badge=one.get("badge", ""),
            address=one.get("address", ""),
        )
        for n, one in enumerate(imagined.story()["file"])
    )


def charts() -> dict[str, Chart | Drawing]:
    taken, ended = (
        Series(name=say(s), values=v) for s, v in zip(Stage, (TAKEN, ENDED), strict=False)
    )
    kept = Series(name=say(Press.FAR), values=(38, 21, 9))
    late = Series(name=say(Press.OVER), values=(3, 6, 1), kind="late")
    doors = tuple(say(door) for _, door in AT_DOORS[:3])
    press = [Datum(name=say(each), value=value, kind=kind) for each, value, kind in PRESSED]
    far = Datum(name=say(Press.FAR), value=54)
    return {
        "bar": bar_chart(worded("bar"), [*press, far]),
        "stacked": stacked_chart(worded("stacked"), doors, (kept, late)),
        "columns": column_chart(worded("columns"), MONTHS, (taken, ended)),
        "lines": line_chart(worded("lines"), MONTHS, (taken, ended)),
        "spark": spark((3, 4, 4, 6, 5, 8, 7)),
    }


def worded(name: str) -> Words:
    told = imagined.story()["charts"]
    return Words(id=f"chart-{name}", finding=told[name], about=told["about"], unit=told["unit"])
