"""Marking in a text what somebody looked for, in the text's own writing."""

import unicodedata
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from services.cases.search_terms import Term
from services.cases.search_words import kind_of


def marked(text: str, asked: Iterable[Term]) -> Markup:
    """Escaped, with `<mark>` around what was found."""
    html, at = Markup(), 0
    for start, end in sorted(spans(text, asked)):
        if end > at:
            first = max(start, at)
            html += escape(text[at:first]) + Markup("<mark>{}</mark>").format(text[first:end])
            at = end
    return html + escape(text[at:])


def spans(text: str, asked: Iterable[Term]) -> Iterator[tuple[int, int]]:
    folded, places = spread(text)
    for term in asked:
        start = folded.find(term.phrase)
        while start >= 0:
            end = start + len(term.phrase)
            first = start + (term.phrase[0] == " ")
            yield places[first], places[end - 1] + 1
            start = folded.find(term.phrase, end)


def spread(text: str) -> tuple[str, list[int]]:
    """The text folded as it is searched, and where in it each folded sign comes from."""
    folded, places, before = [" "], [0], ""
    for place, sign in enumerate(text):
        for each in unicodedata.normalize("NFKC", sign).casefold():
            kind = kind_of(each)
            if kind and kind != before and folded[-1] != " ":
                folded.append(" ")
                places.append(place)
            if kind:
                folded.append(each)
                places.append(place)
            before = kind
    return "".join(folded), places
