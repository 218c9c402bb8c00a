"""Dates as the desk tells them: on which day they were kept, and each day of them on a calendar."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.calendars.library import shipped
from services.cases.views import CaseView, EventView
from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.commands import Command
from services.lifecycle.deadlines import Deadline, Pause, deadline
from services.lifecycle.decide import CLOCK, decide
from services.lifecycle.events import Event, Filed
from services.lifecycle.evolve import born, evolve
from services.lifecycle.kinds import Ball, Door, Reason, Role, Verdict
from services.lifecycle.playbook import Rules
from services.lifecycle.spans import Span
from services.lifecycle.wire import kind_of
from tests.lifecycle.cast import LEO, MONDAY, PINNED, RULES, complaint, day, playbook, proof, words
from web.met import met
from web.month import MONTHS_MAX, Month, months
from web.reckoning import everything_owed

Given = tuple[datetime, Command]


def seen(*given: Given, rules: Rules = RULES) -> CaseView:
    """The case at the desk after a manager gave these commands."""
    filed = Filed(at=MONDAY, complaint=complaint(), playbook=PINNED)
    case, told = born(filed), list[Event]([filed])
    for at, command in given:
        by = CLOCK if isinstance(command, c.StrikeBell) else LEO
        for event in decide(case, command, by=by, now=at, rules=rules):
            case = evolve(case, event)
            told.append(event)
    return CaseView(
        id=UUID(int=1),
        number="2026-1",
        title="",
        now=told[-1].at,
        case=case,
        rules=rules,
        agenda=(),
        events=tuple(row(n, event) for n, event in enumerate(told, 1)),
        notices=(),
        next_due=None,
        overdue_since=None,
    )


def row(n: int, event: Event) -> EventView:
    return EventView(
        seq=n,
        kind=kind_of(type(event)),
        at=event.at,
        actor="",
        actor_name=None,
        role=Role.MANAGER,
        event=event,
    )


def sent(on: date) -> Command:
    return c.RecordFiling(door=Door.MERCHANT, on=on, proof=proof())


def answered(verdict: Verdict, on: date) -> Command:
    return c.RecordAnswer(door=Door.MERCHANT, verdict=verdict, on=on, text=words())


def kept(view: CaseView) -> list[tuple[str, str]]:
    return [(one.title, one.chip) for one in met(view)]


def test_a_date_that_was_kept_says_on_which_working_day() -> None:
    view = seen((day(0), c.TakeOn()), (day(2), sent(date(2026, 11, 4))))

    assert kept(view) == [("向商家发出诉求书", "第2个工作日"), ("本会初步查看", "当天")]
    assert met(view)[0].line == "限3个工作日，11月4日 周三办结"


def test_a_day_off_counts_as_the_working_day_before_it() -> None:
    friday, sunday = day(4), date(2026, 11, 8)
    view = seen((friday, c.TakeOn()), (day(7), sent(sunday)))

    assert kept(view)[0] == ("向商家发出诉求书", "首个工作日之前")


def test_what_goes_on_is_not_kept() -> None:
    monday, wednesday = date(2026, 11, 2), date(2026, 11, 4)
    begun = ((MONDAY, c.TakeOn()), (MONDAY, sent(monday)))

    accepted = seen(*begun, (day(2), answered(Verdict.ACCEPTED, wednesday)))
    refused = seen(*begun, (day(2), answered(Verdict.REFUSED, wednesday)))

    assert "我们等商家答复" not in dict(kept(accepted))
    assert dict(kept(refused))["我们等商家答复"] == "第2个工作日"


def test_what_a_bell_rang_for_is_not_kept_any_more() -> None:
    owed = seen((day(0), c.TakeOn()))
    bell = next(b for b in agenda(owed.case, RULES) if b.rule == "file_within")

    late = seen(
        (day(0), c.TakeOn()),
        (bell.due, c.StrikeBell(bell=bell.key)),
        (day(9), sent(date(2026, 11, 11))),
    )

    assert [title for title, _ in kept(late)] == ["本会初步查看"]


def test_what_a_bell_did_is_not_kept_by_anybody() -> None:
    forward = Rules(playbook=playbook(first_look="forward"), calendar=RULES.calendar)
    look = agenda(seen().case, forward)[0]

    view = seen((look.due, c.StrikeBell(bell=look.key)), rules=forward)

    assert view.case.taken_on
    assert kept(view) == []


def test_a_pause_that_moved_a_date_is_named_with_its_reason() -> None:
    paused = c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL)
    view = seen((day(0), c.TakeOn()), (day(1), paused), (day(2), c.Resume()))
    bells = agenda(view.case, RULES)

    (row, *_) = everything_owed(replace(view, agenda=bells))

    assert row.held == ("本会的计时从11月3日 周二停到11月4日 周三：等检测或鉴定。",)
    assert everything_owed(replace(seen((day(0), c.TakeOn())), agenda=bells))[0].held == ()


def counted(start: date, span: str, **more: Any) -> tuple[Month, ...]:
    found = deadline(start, Span.parse(span), calendar=shipped(), **more)
    assert isinstance(found, Deadline)
    return months(found)


def signs(found: tuple[Month, ...]) -> dict[date, tuple[str, str]]:
    return {
        one.day: (one.look, one.sign)
        for each in found
        for week in each.weeks
        for one in week
        if one and one.look != "out"
    }


def test_each_counted_day_is_ticked_and_each_other_says_why() -> None:
    found = counted(date(2026, 9, 24), "7 working days")

    told = signs(found)
    assert [each.title for each in found] == ["2026年9月", "2026年10月"]
    assert told[date(2026, 9, 24)] == ("start", "起")
    assert told[date(2026, 9, 25)] == ("not", "中秋")
    assert told[date(2026, 9, 28)][1] == "✓1"
    assert told[date(2026, 10, 1)] == ("not", "国庆")
    assert told[max(told)] == ("last", "✓7")
    weekend = signs(counted(date(2026, 11, 5), "3 working days"))
    assert weekend[date(2026, 11, 7)] == ("not", "休")


def test_a_make_up_day_is_ticked_and_marked() -> None:
    told = signs(counted(date(2026, 9, 17), "3 working days"))

    assert told[date(2026, 9, 20)] == ("counts", "✓2班")


def test_a_day_that_a_pause_held_is_shown_as_held() -> None:
    still = Pause(start=date(2026, 11, 4), end=date(2026, 11, 5))

    told = signs(counted(date(2026, 11, 2), "3 working days", pauses=[still]))

    assert told[date(2026, 11, 4)] == ("not", "暂停")
    assert told[date(2026, 11, 6)] == ("last", "✓3")


def test_only_the_weeks_of_the_span_are_drawn_and_no_half_years() -> None:
    (november,) = counted(date(2026, 11, 3), "3 working days")

    assert len(november.weeks) == 1
    assert len(counted(date(2026, 11, 3), "100 days")) == MONTHS_MAX
    assert counted(date(2026, 11, 3), "6 months") == ()
