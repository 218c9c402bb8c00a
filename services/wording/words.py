"""`make words`: gathers every message, and keeps the catalogues in step with them."""

import sys
import tomllib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from services.wording.catalogue import LOCALES, read
from services.wording.language import DEFAULT, Language
from services.wording.say import ENGLISH

ROOT = Path(__file__).resolve().parent.parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
JINJA = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
PYTHON = sorted((ROOT / "services" / "wording").glob("*.py"))


def main() -> int:
    """Writes what is new into the catalogues, and names what waits for a translation."""
    for language in Language:
        if language is not Language.ENGLISH:
            for domain, wanted in gathered().items():
                file_of(domain, language).write_bytes(in_step(domain, wanted, language))
    waiting = list(untranslated(DEFAULT))
    sys.stdout.writelines(f"{line}\n" for line in waiting)
    return 1 if waiting else 0


def gathered() -> dict[str, Catalog]:
    """Every message in the sources, by the name of its catalogue."""
    found: dict[str, Catalog] = {}
    for domain, (context, message) in sorted(messages(), key=str):
        catalogue = found.setdefault(domain, Catalog(domain=domain))
        catalogue.add(message, context=context)
    return found


def messages() -> Iterator[tuple[str, tuple[str | None, str | tuple[str, ...]]]]:
    for file in templates():
        yield from ((domain_of(file), message) for message in said_in(file, "jinja2"))
    for file in PYTHON:
        yield from (("wording", message) for message in said_in(file, "python"))
    for file in sorted(ENGLISH.glob("*.toml")):
        for group, sentences in tomllib.loads(file.read_text(encoding="utf-8")).items():
            yield from ((file.stem, (group, sentence)) for sentence in sentences.values())


def templates() -> list[Path]:
    roots = [ROOT / "web" / "templates", *ROOT.glob("services/*/templates")]
    return sorted(file for root in roots for file in root.rglob("*") if file.is_file())


def domain_of(template: Path) -> str:
    """The folder of a page, the area of a letter, or `layout`."""
    room, area, *rest = template.relative_to(ROOT).parts
    if room == "services":
        return area
    return rest[0] if len(rest) > 1 else "layout"


def said_in(file: Path, method: str) -> Iterator[tuple[str | None, str | tuple[str, ...]]]:
    options = JINJA if method == "jinja2" else {}
    found = extract(method, BytesIO(file.read_bytes()), keywords=KEYWORDS, options=options)
    return ((context, message) for _line, message, _comments, context in found)


def in_step(domain: str, wanted: Catalog, language: Language) -> bytes:
    """The catalogue with what the sources say now: translations stay, what is gone goes."""
    file = file_of(domain, language)
    catalogue = (
        read(file, language) if file.exists() else Catalog(domain=domain, locale=language.value)
    )
    catalogue.update(wanted, no_fuzzy_matching=True)
    written = BytesIO()
    write_po(
        written,
        catalogue,
        sort_output=True,
        no_location=True,
        omit_header=True,
        ignore_obsolete=True,
    )
    return written.getvalue()


def file_of(domain: str, language: Language) -> Path:
    return LOCALES / language.value / "LC_MESSAGES" / f"{domain}.po"


def untranslated(language: Language) -> Iterator[str]:
    for domain in gathered():
        file = file_of(domain, language)
        for message in read(file, language) if file.exists() else ():
            if message.id and not all(parts(message.string)):
                yield f"{file.relative_to(ROOT)}: {message.id}"


def parts(string: str | Iterable[str] | None) -> Iterable[str]:
    return [string or ""] if isinstance(string, str | None) else string


if __name__ == "__main__":
    sys.exit(main())
