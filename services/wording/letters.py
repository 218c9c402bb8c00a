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
    """What a letter may tell its reader; put nothing here that this reader must not see.

    Days and sums are sentences already. `due` is the day until which we wait, or by which we ask;
    `on` the day of what happened or was promised; `reason` a verdict, an outcome or a reason;
    `text` what a person wrote; `next` what follows by itself; `links` sentences with addresses.
    """

    association: str
    number: str
    shop: str = ""
    platform: str = ""
    problem: str = ""
    order_number: str = ""
    facts: str = ""
    demands: tuple[str, ...] = ()
    consumer_name: str = ""
    door: Door | None = None
    due: str = ""
    on: str = ""
    amount: str = ""
    reason: str = ""
    proof: str = ""
    text: str = ""
    next: str = ""
    status_url: str = ""
    case_url: str = ""
    links: tuple[str, ...] = ()
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """`subject` is a single line."""

    subject: str
    body: str


def write(name: str, *, to: Audience, language: Language, facts: LetterFacts) -> Written:
    """A playbook may name letters of its own; those that we have no text for ask for a look."""
    with speaking(language):
        template = environment(language).get_template(file_of(name, to, language))
        text = template.render(
            asdict(facts), door_word=say(facts.door) if facts.door else "", to=to
        )
        subject, _, body = text.partition("\n")
        written = Written(subject=" ".join(subject.split()), body=spaced(body))
        return marked(written) if facts.demo else written


def say_demand(demand: Demand) -> str:
    """One numbered demand of a letter: 全额退款：¥1,286."""
    kind = say(demand.kind)
    if demand.amount is None:
        return phrase("LetterText", "demand", kind=kind)
    return phrase("LetterText", "demand.amount", kind=kind, amount=say_money(demand.amount))


def readers(name: str, language: Language) -> frozenset[str]:
    """For whom there is a text of this letter."""
    return frozenset(
        file.name.split(".")[1] for file in (FOLDER / language.value).glob(f"{name}.*.txt")
    )


def names(language: Language) -> frozenset[str]:
    return frozenset(file.name.split(".")[0] for file in (FOLDER / language.value).glob("*.txt"))


def file_of(name: str, to: Audience, language: Language) -> str:
    reader = reader_of(to)
    known = reader in readers(name, language) if name.isidentifier() else False
    return f"{name if known else OTHER}.{reader}.txt"


def reader_of(to: Audience) -> str:
    return STAFF if to in (Audience.HANDLER, Audience.MANAGER) else to.value


def spaced(body: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"


def marked(written: Written) -> Written:
    """What a demonstration sends says so before anything else."""
    return Written(
        subject=phrase("LetterText", "demo.subject", subject=written.subject),
        body=phrase("LetterText", "demo.note") + "\n\n" + written.body,
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
