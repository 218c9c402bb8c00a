"""What the consumer's page asks for at each moment: its card, the act that comes first, and what
one must know to do it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.cases.views import CaseView
from services.lifecycle import events as e
from services.lifecycle.bells import local_day
from services.lifecycle.commands import RevokeConsent
from services.lifecycle.decide_ends import reopen_until
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Door, Role, Stage
from services.wording.say import phrase, say, vocabulary
from web.acts import allowed_acts
from web.asking import lines
from web.bilingual import in_language
from web.choices import doors_to_choose, of_codes
from web.dues import A_MOMENT
from web.gap import gap
from web.ladder import open_doors
from web.moments import ENDED, Moment, moment, platform, told
from web.papers import papers
from web.reckoning import if_nobody_acts

YOURS = frozenset(
    {
        *(Moment.MERCHANT_YOURS, Moment.MERCHANT_SILENT, Moment.PLATFORM_YOURS),
        *(Moment.REGULATOR_YOURS, Moment.LAW_YOURS, Moment.ASSOCIATION_ENDED),
    }
)
WAYS_ON = frozenset(
    {
        *(Moment.LOOK_LATE, Moment.MERCHANT_LATE, Moment.PLATFORM_LATE),
        *(Moment.REGULATOR_REFUSED, Moment.REGULATOR_ENDED),
        *(Moment.PARTLY, Moment.NOT_SOLVED, Moment.DECLINED, Moment.NOT_PURSUED),
    }
)
"""Where the doors are named that stand open without us, each with what it needs."""

LAW_NEXT = WAYS_ON - {Moment.LOOK_LATE, Moment.MERCHANT_LATE, Moment.PLATFORM_LATE}
CARDS = {
    Moment.OFFER: "offer",
    Moment.OFFER_LATE: "offer",
    Moment.CHOOSE_DOOR: "choose",
    **dict.fromkeys(YOURS, "file"),
    **dict.fromkeys(ENDED.values(), "ended"),
}
FIRST: Mapping[Moment, tuple[str, ...]] = {
    Moment.CHOOSE_DOOR: ("reply",),
    Moment.QUESTION: ("reply",),
    Moment.OFFER: ("agreement", "rejection"),
    Moment.OFFER_LATE: ("agreement", "rejection"),
    Moment.ACCEPTED: ("fulfilment", "breach"),
    Moment.PROMISE: ("fulfilment", "breach"),
    Moment.PROMISE_YOURS: ("fulfilment",),
    Moment.PROMISE_DUE: ("fulfilment", "breach"),
    **dict.fromkeys(YOURS, ("filing",)),
    Moment.NOT_SOLVED: ("reopening",),
    Moment.WITHDRAWN: ("reopening",),
    Moment.NOT_PURSUED: ("reopening",),
}


def card(view: CaseView) -> dict[str, Any]:
    where, case = moment(view), view.case
    return {
        "where": where,
        "card": CARDS.get(where, "plain"),
        "explained": told(view, "MomentText"),
        "else_text": otherwise(view, where),
        "steps": steps(view) if where in YOURS else (),
        "papers": to_take_along(view, where),
        "ways": ways(view, where),
        "choices": of_codes(doors_to_choose(view)),
        "gap": gap(case),
        "last_words": last_words(view),
        "arrived": next((p for p in reversed(case.promises) if p.kept), None),
        "reopen_by": reopen_by(view),
    }


def acts(view: CaseView) -> dict[str, Any]:
    """What the moment asks for first, and what is possible besides."""
    found = allowed_acts(view, Role.CONSUMER)
    allowed = [act.noun for act in found if act.command is not RevokeConsent]
    possible = [noun for noun in allowed if noun != "reopening" or reopen_by(view)]
    first = [noun for noun in FIRST.get(moment(view), ()) if noun in possible]
    return {"forms_now": first, "others": [noun for noun in possible if noun not in first]}


def otherwise(view: CaseView, where: Moment) -> str | None:
    """What happens if the reader does nothing, where something is asked of them."""
    if where.value in vocabulary()["MomentElse"]:
        return told(view, "MomentElse")
    return if_nobody_acts(view) if where in YOURS else None


def steps(view: CaseView) -> tuple[str, ...]:
    """How to file at this door, in order."""
    assert view.case.door
    return lines("Steps", view.case.door.value, platform=platform(view.case))


def to_take_along(view: CaseView, where: Moment) -> list[tuple[str, str]]:
    """Needed ones first; after the end they are for the court."""
    door = view.case.door if where in YOURS else Door.LAW if where in LAW_NEXT else None
    return [(in_language(each.title), say(each.weight)) for each in papers(view, door)]


def ways(view: CaseView, where: Moment) -> list[tuple[str, str]]:
    """Mediation is ours to accept, so it is no way without us."""
    if where not in WAYS_ON:
        return []
    found = (d for d in open_doors(view.case, view.rules.playbook) if d is not Door.ASSOCIATION)
    without_us = [d for d in found if d is not Door.MERCHANT] + [Door.REPORT]
    return [(say(door), phrase("DoorNeeds", door.value)) for door in without_us]


def last_words(view: CaseView) -> Words | None:
    """What was written when the case was ended, for its consumer to read."""
    if view.case.stage is not Stage.CLOSED:
        return None
    ends = (e.Declined, e.Closed)
    told_last = (x.event.text for x in reversed(view.events) if isinstance(x.event, ends))
    return next(told_last, None)


def reopen_by(view: CaseView) -> date | None:
    """The last day on which it can be reopened, while it is not over."""
    if view.case.stage is not Stage.CLOSED:
        return None
    end = reopen_until(view.case, view.rules)
    return local_day(end - A_MOMENT) if end and view.now < end else None
