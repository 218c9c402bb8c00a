"""Whether a page speaks one language: what users wrote and names of people and things aside."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from services.wording.language import Language
from tests.journeys.consumers import COMPLAINT
from tests.shots.guide import Seen
from web.cli_demo import CLIMBER, NAME, NEIGHBOUR, PREFIX
from web.demo.people import NAMES

HAN = re.compile(r"[\u4e00-\u9fff]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’.-]*[A-Za-z](?: [A-Za-z'’.-]*[A-Za-z])*")
LINK = re.compile(r"https?://\S+|/[a-z0-9/?=&._-]+|\S+@\S+|\b[0-9A-Z]{12,}\b|\b[0-9a-f]{12,64}\b")
# Terms of Chinese law stand in English texts beside their meaning, names of things in Chinese ones.
IN_ENGLISH = frozenset("举报 投诉 受理 维权台 中文 月日 投诉受理".split())
IN_CHINESE = frozenset(
    "Redress English JD PDF JPEG SHA QR UTF-8 KB MB Ctrl Enter Esc Shift Tab Chrome Linux WCAG AA"
    " App".split()
)
TYPED_BY_TESTS = (
    *("古丽巴哈尔·阿卜杜热依木", "林溪", "空山市消费者协会", "很多", "桌板裂纹.jpg"),
    *NEIGHBOUR,
)


async def foreign(seen: Seen, language: Language) -> list[str]:
    """Runs of letters that do not belong to this language."""
    if seen.state.both:
        return []
    words: str = await seen.page.evaluate("tag => look.words(tag)", language.tag)
    for text in written():
        words = words.replace(text, " ")
    words = LINK.sub(" ", words)
    if language is Language.CHINESE:
        return [f"not Chinese: {each}" for each in LATIN.findall(words) if each not in IN_CHINESE]
    return [f"not English: {each}" for each in HAN.findall(words) if each not in IN_ENGLISH]


@cache
def written() -> tuple[str, ...]:
    """What people of the demo wrote and are called; the longest first."""
    told = [tomllib.loads((files("web.demo") / name).read_text("utf-8")) for name in TOLD]
    names = [name for name, _ in NAMES.values()]
    found = {*texts(told), *texts(CLIMBER), *texts(COMPLAINT), *names, NAME, PREFIX}
    return tuple(sorted({*found, *TYPED_BY_TESTS}, key=len, reverse=True))


TOLD = ("cases.toml", "arcs.toml")


def texts(told: Any) -> Iterator[str]:
    match told:
        case str() if HAN.search(told):
            yield told
        case dict():
            for each in told.values():
                yield from texts(each)
        case list() | tuple():
            for each in told:
                yield from texts(each)
