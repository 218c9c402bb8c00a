"""How a consumer is asked once more: the question, what follows, and the words on both buttons."""

from typing import Any

from services.cases.views import CaseView
from services.wording.say import phrase, vocabulary
from web.acts import Act

LINES_MAX = 9


def asking(act: Act, view: CaseView) -> dict[str, Any]:
    noun = noun_of(act, view)
    return {
        "ask": phrase("ActAsk", noun),
        "do": phrase("ActDo", noun),
        "back": phrase("ActBack", noun if noun in vocabulary()["ActBack"] else "other"),
        "then": lines("ActThen", noun),
    }


def noun_of(act: Act, view: CaseView) -> str:
    """An answer to a choice of doors is told apart from any other answer."""
    return "reply.choice" if chooses_door(act, view) else act.noun


def chooses_door(act: Act, view: CaseView) -> bool:
    question = view.case.question
    return act.noun == "reply" and question is not None and question.choose_door


def lines(group: str, key: str, **gaps: object) -> tuple[str, ...]:
    """The sentences `key.1`, `key.2` and so on, as far as they go."""
    known = vocabulary()[group]
    keys = (f"{key}.{n}" for n in range(1, LINES_MAX + 1))
    return tuple(phrase(group, each, **gaps) for each in keys if each in known)
