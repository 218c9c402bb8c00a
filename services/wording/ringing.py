"""A bell in words: what falls due, and what happens by itself when nobody acts."""

from datetime import date, timedelta
from typing import Final

from services.lifecycle.bells import Act, Bell, local_day
from services.lifecycle.kinds import Audience, Door
from services.lifecycle.playbook import ClockKind
from services.wording.numbers import say_day, say_moment
from services.wording.say import phrase, say, vocabulary

BELL: Final = "Bell"
A_MOMENT: Final = timedelta(microseconds=1)


def line(bell: Bell, *, today: date | None = None) -> str:
    """11月26日 周四：我们等平台答复。没人处理：转到“市场监管”…"""
    key = "provisional" if bell.provisional else "line"
    day = say_bell_day(bell, today=today)
    return phrase("Agenda", key, day=day, title=title(bell), then=then(bell))


def say_bell_day(bell: Bell, *, today: date | None = None) -> str:
    """The last day in time; minutes and hours have a moment. While an answer is open a bell may
    wait longer than its own sum.
    """
    if bell.deadline.last_day is None:
        return say_moment(bell.due, today=today)
    return say_day(local_day(bell.due - A_MOMENT), today=today)


def title(bell: Bell) -> str:
    key = next(key for key in keys(bell) if key in vocabulary()[BELL])
    return phrase(BELL, key, door=say_door(bell.door))


def keys(bell: Bell) -> tuple[str, ...]:
    """The most particular wording first. Other people's time is never called ours."""
    head = bell.rule.partition("-")[0]
    theirs = f"{head}.{bell.of}" if bell.of is not ClockKind.OWN or head == "clock" else ""
    if theirs:
        return (bell.rule, theirs, head)
    return (f"{bell.rule}.{bell.door}", bell.rule, head)


def say_door(door: Door | None) -> str:
    return say(door) if door else ""


def then(bell: Bell) -> str:
    stage = say(bell.moves_to) if bell.moves_to else ""
    key = bell.act.value
    if bell.act is Act.LAST_NOTICE or bell.tell:
        return phrase("Then", key, who=say_audiences(bell.tell), stage=stage)
    return phrase("Then", key, stage=stage)


def say_audiences(audiences: tuple[Audience, ...]) -> str:
    return phrase("Who", "and").join(map(say, audiences))
