"""When words that look harsh are none: the other side's own, a plain fact, or said with care."""

import re
from collections.abc import Iterator
from typing import Final

from services.tone.rules import Kind, Rule

QUOTED: Final = re.compile(r"“[^“”]*”|‘[^‘’]*’|「[^「」]*」|『[^『』]*』|\"[^\"\n]*\"")
SAYING: Final = (
    "说|称|回复|回答|回应|答复|表示|写|标|承诺|保证|骂|讲|道|告诉|告知|发来|发送|发了|宣传|显示|"
    "注明|原话|原文|提示|声明|通知|介绍|名为|题为|叫我|喊|留言|评论"
)
THEIRS: Final = re.compile(rf"(({SAYING})[^。!?;\n]{{0,12}}|:)\s*$")
OURS: Final = re.compile(
    rf"(^|[。,!?;:\s])(我们?|本人)[^对跟向给和与。,!?;]{{0,3}}({SAYING})[^。!?;\n]{{0,12}}$"
)
AFTERWARDS: Final = re.compile(r"\s*(是|为|系)?[^。,!?;\n]{0,6}(原话|原文|字样|等语)")
BEFORE_MAX: Final = 24
AROUND_MAX: Final = 40
"""How far from the words a text is looked for that makes them a fact."""

DENIED: Final = re.compile(r"(?<![是道岂])(不是|并非|绝非|不算|称不上)(什么|一个|个)?$")
CAREFUL: Final = re.compile(r"(涉嫌|疑似|怀疑|可能|是否|有没有)[^。,!?;\n]{0,3}$")
ENDS: Final = re.compile(r"[。!?;\n]")
DATED: Final = re.compile(
    r"[0-9]{1,4}[年./-][0-9]{1,2}|[0-9]{1,2}[月日号]|[一二三四五六七八九十]{1,3}[月日号]"
    r"|今天|昨天|前天|当天|当日|次日|×[年月日]"
)
PROVEN: Final = re.compile(r"证据[0-9一二三四五六七八九十×]|附件|截图|见[^。,!?;\n]{0,6}记录")


def quotes(text: str) -> bytearray:
    """Marks the signs that the text gives as somebody else's words: who says what is in quotation
    marks is told before or behind them (domain.md 9.2, 9.3). Scare quotes are the writer's own.
    """
    theirs = bytearray(len(text))
    for found in QUOTED.finditer(text):
        if is_theirs(text, *found.span()):
            theirs[found.start() : found.end()] = b"\x01" * len(found[0])
    return theirs


def is_theirs(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - BEFORE_MAX) : start]
    if OURS.search(before):
        return False
    return bool(THEIRS.search(before) or AFTERWARDS.match(text, end))


def is_fact(rule: Rule, text: str, start: int, end: int) -> bool:
    """One of the rule's facts holds the words, or a part of what they say."""
    if not rule.facts:
        return False
    low, high = max(0, start - AROUND_MAX), min(len(text), end + AROUND_MAX)
    return any(
        found.start() < end and start < found.end()
        for fact in rule.facts
        for found in fact.finditer(text, low, high)
    )


def is_careful(rule: Rule, text: str, start: int) -> bool:
    """涉嫌, 疑似 (domain.md 9.2), or a plain denial."""
    before = text[max(0, start - BEFORE_MAX) : start]
    match rule.kind:
        case Kind.CONCLUSION:
            return bool(CAREFUL.search(before) or DENIED.search(before))
        case Kind.INSULT:
            return bool(DENIED.search(before))
        case _:
            return False


def is_given(rule: Rule, text: str, start: int, end: int) -> bool:
    """Some words only ask for what their sentence gives already: a day, or a proof."""
    asked = DATED if rule.undated else PROVEN if rule.unproven else None
    return bool(asked and asked.search(sentence_at(text, start, end)))


def sentence_at(text: str, start: int, end: int) -> str:
    low, high = max(0, start - 5 * AROUND_MAX), end + 5 * AROUND_MAX
    before = ENDS.split(text[low:start])[-1]
    return before + text[start:end] + ENDS.split(text[end:high])[0]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in (*(found.start() for found in ENDS.finditer(text)), len(text)):
        if text[start:end].strip():
            yield start + len(text[start:end]) - len(text[start:end].lstrip()), end
        start = end + 1
