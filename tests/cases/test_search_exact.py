"""What the search finds is what a look at every text finds: no case less, and none more."""

from collections.abc import Iterable
from itertools import groupby
from unicodedata import normalize

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services.cases.search import search
from services.cases.verify import verify
from services.lifecycle.facts import Merchant
from tests.cases.cast import file, make_org
from tests.database import Database
from tests.lifecycle.cast import words

ALPHABET = "退款难桌子桌ＡaB12１２ ，-é"
Texts = tuple[tuple[str, str], ...]


@st.composite
def questions(draw: st.DrawFn) -> tuple[Texts, tuple[str, ...]]:
    """Some stories and shops, and what somebody types: pieces of them, and things of the kind."""
    text = st.text(ALPHABET, min_size=1, max_size=24).filter(lambda told: told.strip())
    texts = draw(st.lists(st.tuples(text, text), min_size=1, max_size=4))
    whole = "".join(story + shop for story, shop in texts)
    start = st.integers(0, len(whole) - 1)
    piece = st.tuples(start, st.integers(1, 8)).map(lambda at: whole[at[0] : at[0] + at[1]])
    typed = st.lists(piece | st.text(ALPHABET, max_size=5), min_size=6, max_size=6)
    return tuple(texts), tuple(draw(typed))


@given(questions())
@example(((("1", "1"),), ("1-2",)))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
async def test_a_search_finds_what_a_look_at_every_text_finds(
    database: Database, asked: tuple[Texts, tuple[str, ...]]
) -> None:
    texts, questions = asked
    org = await make_org()
    told = {
        (await file(org, facts=words(story), merchant=Merchant(shop=words(shop)))).number: (
            *(story, shop, "李"),
        )
        for story, shop in texts
    }
    fields = {n: [*texts, n, n.replace("-", "")] for n, texts in told.items()}

    for typed in questions:
        wanted = {number for number, texts in fields.items() if looked_at(typed, texts)}
        assert {row.number for row in (await search(org.ana, typed)).items} == wanted, typed
    assert await verify(org.tenant) == ()


def looked_at(typed: str, texts: Iterable[str]) -> bool:
    """Every word that was typed stands in one of the texts; nothing is found by single letters."""
    asked = [phrase for word in normalize("NFKC", typed).split() if (phrase := split(word))]
    enough = any(len("".join(phrase)) > 1 or is_sign(phrase[0]) for phrase in asked)
    read = [split(text) for text in texts]
    return enough and all(any(stands(phrase, text) for text in read) for phrase in asked)


def split(text: str) -> list[str]:
    folded = normalize("NFKC", text).casefold()
    return ["".join(run) for kind, run in groupby(folded, kind_of) if kind]


def kind_of(sign: str) -> str:
    if not sign.isalnum():
        return ""
    return "sign" if is_sign(sign) else "digit" if sign in "0123456789" else "letter"


def is_sign(text: str) -> bool:
    return "\u4e00" <= text[0] <= "\u9fff"


def stands(phrase: list[str], text: list[str]) -> bool:
    """Whole runs, but that Chinese may begin and everything may end within one."""
    if len(phrase) == 1 and is_sign(phrase[0]):
        return any(phrase[0] in run for run in text)
    windows = (text[at : at + len(phrase)] for at in range(len(text) - len(phrase) + 1))
    return any(fits(phrase, window) for window in windows)


def fits(phrase: list[str], window: list[str]) -> bool:
    (first, *_), (begin, *_) = phrase, window
    if len(phrase) == 1:
        return begin.startswith(first)
    begins = begin.endswith(first) if is_sign(first) else begin == first
    return begins and window[1:-1] == phrase[1:-1] and window[-1].startswith(phrase[-1])
