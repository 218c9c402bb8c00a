"""The texts that people agree to, and the proof of which one they read (PRV-02)."""

import hashlib
from collections.abc import Sequence
from typing import Final

from services.lifecycle.facts import ShownText
from services.lifecycle.kinds import Consent
from services.wording.language import Language, speaking, spoken
from services.wording.say import phrase

VERSIONS: Final = dict.fromkeys(Consent, 1)
"""The number of the text that is shown now. A new text gets the next one; the old one stays in the
catalogue for those who agreed to it.
"""


def text_now(consent: Consent, *, association: str) -> str:
    """In the language of this request."""
    return text_of(consent, VERSIONS[consent], association=association)


def text_of(consent: Consent, version: int, *, association: str) -> str:
    return phrase("ConsentText", f"{consent}.{version}", association=association)


def shown_now(consent: Consent, *, association: str) -> ShownText:
    words = text_now(consent, association=association)
    return ShownText(
        consent=consent,
        version=VERSIONS[consent],
        language=spoken().value,
        sha256=hashlib.sha256(words.encode()).hexdigest(),
    )


def as_read(shown: ShownText, *, association: str) -> str:
    """The words again, in the language in which they were read."""
    with speaking(Language(shown.language)):
        return text_of(shown.consent, shown.version, association=association)


def seal(consents: Sequence[Consent], *, association: str) -> str:
    """What a form carries, so that it is known later which texts stood on it."""
    texts = (shown_now(each, association=association).sha256 for each in consents)
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def unsealed(
    sealed: str, consents: Sequence[Consent], *, association: str
) -> tuple[ShownText, ...] | None:
    """The texts that stood on the form; None where they are not the ones of today."""
    for language in Language:
        with speaking(language):
            if seal(consents, association=association) == sealed:
                return tuple(shown_now(each, association=association) for each in consents)
    return None
