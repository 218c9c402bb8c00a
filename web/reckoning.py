"""The dates of a case: what is left of each, whose time it is, what happens then, and the sum."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.cases.views import CaseView
from services.lifecycle.bells import Bell, BellKind, local_day
from services.lifecycle.counting import Reason as Skip
from services.lifecycle.deadlines import Deadline
from services.lifecycle.facts import Interval
from services.lifecycle.kinds import Door, Role, Stage
from services.lifecycle.playbook import Clock, Rung
from services.lifecycle.rehearse import Step, rehearse
from services.wording.numbers import say_day
from services.wording.ringing import line, title
from services.wording.say import phrase, say
from services.wording.spans import Sum, say_spans, sum_of
from services.wording.standing import Standing, say_short, say_standing
from web import dues
from web.bilingual import in_language
from web.dues import Due
from web.month import Month, months
from web.situations import Situation, situation
from web.timeline import foretell, names

AHEAD = timedelta(days=800)
STEPS_MAX = 12
RULE_OF = {
    Situation.PAUSED: "pause",
    Situation.CHOOSE_DOOR: "choice",
    Situation.QUESTION: "question",
    Situation.OFFER: "offer",
    Situation.PROMISE: "promise",
    Situation.PROMISE_DUE: "promise.chase",
    Situation.WISH: "wish.over",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """`clock` is the rule of the playbook with its source, where the bell measures one; for
    `pauses` of ours this date waited.
    """

    bell: Bell
    due: Due
    clock: Clock | None
    today: date
    pauses: tuple[Interval, ...] = ()

    @property
    def id(self) -> str:
        return self.bell.key.replace("/", "-").replace(".", "-")

    @property
    def title(self) -> str:
        return title(self.bell)

    @property
    def line(self) -> str:
        """The date, what it is, and what happens by itself when nobody acts."""
        return line(self.bell, today=self.today)

    @property
    def waits(self) -> bool:
        """An answer that is still open has its time first."""
        return self.bell.due > self.bell.deadline.due

    @property
    def sum(self) -> Sum:
        return sum_of(self.bell.deadline, today=self.today)

    @property
    def held(self) -> tuple[str, ...]:
        """Each pause with its reason."""
        return tuple(
            phrase(
                "Sum",
                "held",
                reason=say(pause.reason),
                first=say_day(local_day(pause.since), today=self.today),
                last=say_day(local_day(pause.until), today=self.today),
            )
            for pause in self.pauses
            if pause.until
        )

    @property
    def base(self) -> str:
        """The rule in a few words: how long, from when, and whose time it is."""
        deadline, of = self.bell.deadline, self.bell.of
        if not deadline.span.n:
            return phrase("Base", "named")
        start = say_short(deadline.day_of_event, today=self.today)
        base = phrase("Base", of.value, span=say_spans(deadline), start=start)
        return phrase("Base", "waits", base=base) if self.waits else base

    @property
    def months(self) -> tuple[Month, ...]:
        return months(self.bell.deadline)


def deadlines(view: CaseView) -> tuple[DeadlineRow, ...]:
    """Those by which something must have been done, soonest first."""
    return tuple(row(view, bell) for bell in view.agenda if bell.kind is BellKind.DEADLINE)


def everything_owed(view: CaseView) -> tuple[DeadlineRow, ...]:
    return tuple(row(view, bell) for bell in view.agenda)


def row(view: CaseView, bell: Bell) -> DeadlineRow:
    return DeadlineRow(
        bell=bell,
        due=dues.of_bell(bell, now=view.now, calendar=view.rules.calendar),
        clock=clock_of(view, bell),
        pauses=tuple(pause for pause in view.case.pauses if holds(pause, bell.deadline)),
        today=local_day(view.now),
    )


def holds(pause: Interval, deadline: Deadline) -> bool:
    """Whether this pause, now over, made the date later."""
    stood = deadline.stood_still or any(each.reason is Skip.PAUSE for each in deadline.skipped)
    if not stood or pause.until is None:
        return False
    last = deadline.last_day or local_day(deadline.due)
    return local_day(pause.until) >= deadline.day_of_event and local_day(pause.since) <= last


def clock_of(view: CaseView, bell: Bell) -> Clock | None:
    rung = rung_of(view, bell.door)
    if rung is None:
        return None
    if bell.rule == "wait":
        return rung.wait
    return next((clock for clock in rung.clocks if bell.rule == f"clock-{clock.id}"), None)


def rung_of(view: CaseView, door: Door | None) -> Rung | None:
    return view.rules.playbook.rung(door) if door else None


def soonest(view: CaseView) -> DeadlineRow | None:
    """What the next-step panel counts down to: the date of the situation itself before others."""
    where = situation(view.case, now=view.now)
    owed = everything_owed(view)
    own = (row for row in owed if row.bell.rule == RULE_OF.get(where))
    return next(own, next(iter(deadlines(view)), next(iter(owed), None)))


def if_nobody_acts(view: CaseView) -> str | None:
    """The sentence that the playbook promises for this door."""
    rung = rung_of(view, view.case.door)
    at_a_door = view.case.stage not in (Stage.SUBMITTED, Stage.SETTLED, Stage.CLOSED)
    return in_language(rung.if_nobody_acts) if rung and at_a_door else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One step that nobody's hand will take, and how the case stands after it."""

    step: Step
    told: str
    standing: str


def forecast(view: CaseView, *, reader: Role) -> tuple[Ahead, ...]:
    """What the clock does when nobody acts, made by the code that will do it."""
    steps = rehearse(
        view.case, view.rules, now=view.now, until=view.now + AHEAD, steps_max=STEPS_MAX
    )
    return tuple(ahead(view, step, reader=reader) for step in steps)


def ahead(view: CaseView, step: Step, *, reader: Role) -> Ahead:
    today = local_day(view.now)
    stands = Standing(stage=step.stage, ball=step.ball, door=step.door, state=step.filing)
    return Ahead(
        step=step,
        told=foretell(step.event, names(view), today=today),
        standing=say_standing(stands, reader=reader, today=today),
    )
