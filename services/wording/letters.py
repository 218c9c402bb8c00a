"""Letters in words: a text for each letter, reader and language; the first line is the subject."""

import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.lifecycle.facts import Demand
from services.lifecycle.kinds import Audience, Door
from services.wording.language import Language, speaking
from services.wording.numbers import say_money
from services.wording.say import phrase, say

FOLDER: Final = Path(__file__).parent / "letters"
OTHER: Final = "other"
STAFF: Final = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What a letter may tell; put nothing here that its reader must not see.

    Days and sums are in words already. `due` is the day until which we wait or by which we ask,
    `on` the day of what happened or was promised, `reason` a verdict or an outcome, `proof` a kind
    of proof. Only `shop`, `consumer_name`, `order` and `facts` are words that a person typed.
    """

    association: str
    number: str
    door: Door | None = None
    platform: str = ""
    problem: str = ""
    due: str = ""
    on: str = ""
    amount: str = ""
    reason: str = ""
    proof: str = ""
    code: str = ""
    standing: str = ""
    next: str = ""
    status_url: str = ""
    case_url: str = ""
    answer_url: str = ""
    answer_code: str = ""
    shop: str = ""
    consumer_name: str = ""
    order: tuple[str, ...] = ()
    facts: str = ""
    demands: tuple[str, ...] = ()
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """`subject` is a single line."""

    subject: str
    text: str


def write(name: str, *, to: Audience, language: Language, facts: LetterFacts) -> Written:
    """A playbook may name letters of its own; those that we have no text for ask for a look."""
    with speaking(language):
        door = say(facts.door) if facts.door else ""
        template = environment(language).get_template(file_of(name, to, language))
        subject, _, text = template.render(asdict(facts), door_word=door).partition("\n")
        written = Written(subject=" ".join(subject.split()), text=spaced(text))
        return marked(written) if facts.demo else written


def say_demand(demand: Demand) -> str:
    """One numbered demand of a letter: 全额退款：¥1,286."""
    kind = say(demand.kind)
    if demand.amount is None:
        return kind
    return phrase("LetterText", "demand", kind=kind, amount=say_money(demand.amount))


def names(language: Language) -> frozenset[str]:
    return frozenset(name for name, _ in texts(language))


@cache
def texts(language: Language) -> frozenset[tuple[str, str]]:
    """Every letter with a reader it has a text for."""
    files = (FOLDER / language.value).glob("*.*.txt")
    return frozenset((name, reader) for name, reader, _ in (file.name.split(".") for file in files))


def file_of(name: str, to: Audience, language: Language) -> str:
    reader = STAFF if to in (Audience.HANDLER, Audience.MANAGER) else to.value
    known = name if (name, reader) in texts(language) else OTHER
    return f"{known}.{reader}.txt"


def spaced(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def marked(written: Written) -> Written:
    """What a demonstration sends says so before anything else."""
    return Written(
        subject=phrase("LetterText", "demo.subject", subject=written.subject),
        text=f"{phrase('LetterText', 'demo.note')}\n\n{written.text}",
    )


@cache
def environment(language: Language) -> Environment:
    """Plain text: nothing is escaped, and nobody's words are ever a template."""
    return Environment(
        loader=FileSystemLoader(FOLDER / language.value),
        autoescape=False,  # noqa: S701 -- plain text, never shown as a page
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
