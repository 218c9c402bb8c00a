"""The name that its sender gave a file is data: shown, never a path, never a header as it came."""

import unicodedata
from typing import Final

CHARS_MAX: Final = 120
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, marks that turn or hide text, halves of signs, and what has no meaning."""


def fit(given: str) -> str:
    """In one normal form, without what cannot be seen and without folders; the ending stays."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(
        sign
        for sign in unicodedata.normalize("NFC", last)
        if unicodedata.category(sign) not in UNSEEN
    )
    name = " ".join(seen.split()).strip(". ")
    if len(name) <= CHARS_MAX:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 8:
        return name[:CHARS_MAX]
    return f"{stem[: CHARS_MAX - len(ending) - 2]}….{ending}"[:CHARS_MAX]
