"""One word for one thing (ux.md 2.1), and Chinese set as Chinese, in catalogues and letters."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from services.wording.language import DEFAULT
from services.wording.letters import FOLDER
from services.wording.words import parts
from tests.wording.test_catalogues import GAP, HAN, every_message

# What stands in the English sentence, and what has to stand in the Chinese one.
TERMS = {
    r"\bplaybooks?\b": "流程",
    r"\b(the|an|this|of) offers?\b": "方案",
    r"\bdemands?\b": "诉求|要求",
    r"\bladder\b": "阶梯|级",
    r"\bmediation\b": "调解",
    r"\bmediates?\b": "调解",
    r"\bregulator\b": "市场监管|监管部门|12315",
    r"\bwithdraw": "撤回|收回",
    r"\bproof\b": "凭证|证据|证明|依据|材料",
}
# What a word must never be used for, and words of other houses.
NEVER = {
    "处置方案|处理方案": "a playbook is 处置流程, an offer is of somebody",
    "工单|客户|用户": "people are 消费者, 商家 and staff; what they bring is 投诉 or 案件",
    "登陆": "登录",
    "帐号|帐户": "账号",
    "截止日期": "期限",
    "维权梯": "阶梯",
    "结案": "结束; solved and closed are two words",
    "请稍侯|稍侯": "稍候",
    "其它": "其他",
    "的的|了了|，，|。。": "typed twice",
    "!|\\?(?!\\w)": "full-width punctuation",
}
HALF_WIDTH = re.compile(rf"[{HAN}][,.:;!?()]|[,:;!?()][{HAN}]")
TYPED_SPACE = re.compile(rf"[{HAN}] +[0-9A-Za-z{HAN}]|[0-9A-Za-z] +[{HAN}]")
QUOTES = re.compile(rf'[{HAN}]["\']|["\'][{HAN}]')
DASH = re.compile(rf"[{HAN}] ?(--|—(?!—)) ?[{HAN}]")


def sentences() -> Iterator[tuple[str, str]]:
    """Each English sentence with each of its Chinese forms, gaps left out."""
    for message in every_message():
        for text in parts(message.string):
            yield " ".join(parts(message.id)), GAP.sub("", text or "")


def letter_texts() -> Iterator[tuple[str, str]]:
    for file in sorted((FOLDER / DEFAULT.value).rglob("*.txt")):
        yield file.name, re.sub(r"{[{%#].*?[#%}]}", "", file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("english", TERMS)
def test_one_thing_has_one_word(english: str):
    used = [pair for pair in sentences() if re.search(english, pair[0], re.IGNORECASE)]

    assert used
    assert [pair for pair in used if not re.search(TERMS[english], pair[1])] == []


@pytest.mark.parametrize("chinese", NEVER)
def test_words_of_other_houses_are_not_ours(chinese: str):
    everything = [*sentences(), *letter_texts()]

    assert [pair for pair in everything if re.search(chinese, pair[1])] == [], NEVER[chinese]


@pytest.mark.parametrize(
    "odd", [HALF_WIDTH, TYPED_SPACE, QUOTES, DASH], ids=["width", "spaces", "quotes", "dashes"]
)
def test_chinese_is_set_as_chinese_in_sentences_and_letters(odd: re.Pattern[str]):
    assert [pair for pair in (*sentences(), *letter_texts()) if odd.search(pair[1])] == []


def test_chinese_has_one_form_for_every_number():
    def forms(message: Message) -> int:
        return len(list(parts(message.string)))

    plural = [message for message in every_message() if isinstance(message.id, tuple)]

    assert plural
    assert [message.id for message in plural if forms(message) != 1] == []
