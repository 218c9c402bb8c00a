"""What is said in each language: message ids are English, the other languages stand in `locales`.

One file for each folder of templates and each list of codes, so that a page's words lie together;
they are read as they are, and nothing has to be compiled."""

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from services.wording.language import Language, spoken

LOCALES = Path(__file__).parent / "locales"


def gettext(message: str) -> str:
    return translations(spoken()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    return translations(spoken()).ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    return translations(spoken()).pgettext(context, message)


def npgettext(context: str, one: str, many: str, count: int) -> str:
    return translations(spoken()).npgettext(context, one, many, count)


@cache
def translations(language: Language) -> NullTranslations:
    if language is Language.ENGLISH:
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, whole(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def whole(language: Language) -> Catalog:
    catalogue = Catalog(locale=language.value)
    for file in files(language):
        for message in read(file, language):
            if message.id:
                catalogue[message.id] = message
    return catalogue


def files(language: Language) -> list[Path]:
    return sorted((LOCALES / language.value / "LC_MESSAGES").glob("*.po"))


def read(file: Path, language: Language) -> Catalog:
    with file.open("rb") as open_file:
        return read_po(open_file, locale=language.value, domain=file.stem)
