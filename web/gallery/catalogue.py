"""Which parts pages are made of: each file of macros, what it defines, the sheets that dress it.

Read from the files themselves, so that the gallery never tells anything old."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from web.templating import FOLDER

STYLES = FOLDER.parent / "styles"
MACRO = re.compile(r"{%-? macro (\w+)\((.*?)\)")
CLASS = re.compile(r'class="((?:[^"{]|{{.*?}}|{%.*?%})*)"', re.DOTALL)
JINJA = re.compile(r"{{(.*?)}}|{%(.*?)%}", re.DOTALL)
LITERAL = re.compile(r'"([^"]*)"')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BEFORE_BRACE = re.compile(r"([^{};]+){")
ALONE = re.compile(r"\.[\w-]+")
SELECTED = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`macros` with their arguments; `styles` have rules for the classes that the file writes."""

    name: str
    macros: tuple[tuple[str, str], ...]
    styles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """What a template writes: whole names, and beginnings that a value completes."""

    whole: frozenset[str]
    begun: frozenset[str]

    def covers(self, name: str) -> bool:
        return name in self.whole or any(name.startswith(each) for each in self.begun)


@cache
def parts() -> tuple[Part, ...]:
    return tuple(part(file) for file in sorted((FOLDER / "parts").glob("*.html")))


def part(file: Path) -> Part:
    text = file.read_text(encoding="utf-8")
    return Part(name=file.stem, macros=tuple(MACRO.findall(text)), styles=tuple(dressing(text)))


def dressing(text: str) -> list[str]:
    written = classes_in(text)
    return sorted({sheet for name, sheet in homes().items() if written.covers(name)})


@cache
def homes() -> Mapping[str, str]:
    """Where each class has a rule of its own; others may only name it."""
    found: dict[str, str] = {}
    for file in sorted(STYLES.rglob("*.css")):
        for selector in selectors(file.read_text(encoding="utf-8")):
            if ALONE.fullmatch(selector):
                found.setdefault(selector[1:], file.relative_to(STYLES).as_posix())
    return found


def classes_of_sheet(text: str) -> frozenset[str]:
    return frozenset(name for one in selectors(text) for name in SELECTED.findall(one))


def selectors(text: str) -> Iterator[str]:
    for before in BEFORE_BRACE.findall(COMMENT.sub(" ", text)):
        if not before.strip().startswith("@"):
            yield from (one.strip() for one in before.split(","))


def classes_in(text: str) -> Classes:
    """`class="due due--{{ press }}{{ " is-late" if late }}"`: due, due--…, is-late."""
    names = {name for written in CLASS.findall(text) for name in names_in(written)}
    return Classes(
        whole=frozenset(name for name in names if not name.endswith("-")),
        begun=frozenset(name for name in names if name.endswith("-")),
    )


def names_in(written: str) -> Iterator[str]:
    """Those that stand there, and those within an expression that begin a new name."""
    yield from JINJA.sub(" ", written).split()
    for first, second in JINJA.findall(written):
        for literal in LITERAL.findall(first or second):
            if literal.startswith(" "):
                yield from literal.split()
