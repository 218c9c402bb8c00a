"""The templates: strict about what they name, escaping everything, in the caller's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from infra.assets import manifest
from services.lifecycle.bells import local_day
from services.wording import catalogue, numbers
from services.wording.language import Language, spoken
from services.wording.say import Unworded, phrase, say
from web.bilingual import in_language

FOLDER = Path(__file__).parent / "templates"


def as_id(name: str) -> str:
    """The id of a field's control, as an address names it: `proof.on` → `proof-on`."""
    return name.replace(".", "-").replace("_", "-")


def capital(words: str) -> str:
    """Words that stand within sentences, where they stand alone."""
    return words[:1].upper() + words[1:]


def label(name: str, otherwise: str | None = None) -> str:
    """What a field is called, wherever it stands."""
    try:
        return phrase("Field", name)
    except Unworded:
        if otherwise is None:
            raise
        return otherwise


@dataclass(frozen=True, slots=True)
class Counted:
    before: str
    number: str
    after: str


def counted(words: str) -> Counted | None:
    """剩2个工作日, taken apart so that the number can stand out; None where nothing is counted."""
    found = re.search(r"\d+", words)
    if found is None:
        return None
    before, after = words[: found.start()], words[found.end() :]
    return Counted(before=before.strip(), number=found[0], after=after)


def last_day(end: datetime) -> date:
    """The last day that lies before this exclusive end."""
    return local_day(end - timedelta(microseconds=1))


def tint(name: str) -> str:
    """One of three colours, always the same for a name."""
    return "abc"[ord(name[0]) % 3]


def filesize(size: int) -> str:
    """In the largest unit of which there is one at least; the same in every language."""
    for unit, length in (("MB", 1024 * 1024), ("KB", 1024)):
        if size >= length:
            return f"{size / length:.1f} {unit}"
    return f"{size} B"


FILTERS = {
    "counted": counted,
    "as_id": as_id,
    "capital": capital,
    "clock": numbers.say_time,
    "day": numbers.say_day,
    "filesize": filesize,
    "in_language": in_language,
    "last_day": last_day,
    "lately": numbers.say_lately,
    "local_day": local_day,
    "moment": numbers.say_moment,
    "money": numbers.say_money,
    "say_code": say,
    "tint": tint,
}
GLOBALS = {
    "label": label,
    "languages": Language,
    "phrase": phrase,
    "say": say,
    "spoken": spoken,
    "weekdays": numbers.say_weekdays,
}


def whole(template: str, data: Mapping[str, Any]) -> str:
    return environment().get_template(template).render(data)


def block_of(template: str, block: str, data: Mapping[str, Any]) -> str:
    found = environment().get_template(template)
    return "".join(found.blocks[block](found.new_context(dict(data))))


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    speak_in(made)
    made.filters.update(FILTERS)
    made.globals.update(GLOBALS, asset=asset)
    made.globals["ui"] = parts(made)
    return made


def speak_in(made: Environment) -> None:
    install: Any = made
    install.install_gettext_callables(
        catalogue.gettext,
        catalogue.ngettext,
        newstyle=True,
        pgettext=catalogue.pgettext,
        npgettext=catalogue.npgettext,
    )


def parts(made: Environment) -> SimpleNamespace:
    """Every macro of `parts/`, wherever a template needs one: blocks are rendered on their own, and
    an import at the top of a page would not reach them."""
    found: dict[str, Any] = {}
    together = SimpleNamespace()
    made.globals["ui"] = together
    for file in sorted((FOLDER / "parts").glob("*.html")):
        module = made.get_template(f"parts/{file.name}").module
        macros = {name: macro for name, macro in vars(module).items() if name[0] != "_"}
        doubled = found.keys() & macros.keys()
        assert not doubled, f"{file.name} defines {doubled} again"
        found |= macros
    vars(together).update(found)
    return together


def asset(name: str) -> str:
    """The address of a static file, named after its content."""
    return f"/static/{built()[name]}"


@cache
def built() -> Mapping[str, str]:
    return manifest.names()
