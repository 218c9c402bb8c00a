"""What is found, what is left alone, and what it costs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tone.check import SHOWN_MAX, Tone, check, gravest
from services.tone.rules import Kind, Severity, rules, word

FORMS = sorted({form for rule in rules() for form in rule.forms})
SIGNS = (
    "骗子坑不就举报“”‘’「」\"'（）《》第条。.!！?？～…👍🏻 ＳｂTmdİ0１２月×元你们"
    "\u200b\ufe0f\r\n\t\U00020000"
)
texts = st.one_of(
    st.text(alphabet=SIGNS, max_size=200),
    st.text(max_size=200),
    st.lists(st.sampled_from(FORMS)).map("，".join),
)


def found(text: str) -> list[str]:
    return [one.text for one in check(text).findings]


@pytest.mark.parametrize(
    "text",
    [
        "客服回复“你就是骗子”。",
        "商家在11月2日说：“赶紧走，等着瞧！！”",
        "客服留言「去死」。",
        '页面写着"绝对正品，百分之百退款"。',
        "11月3日客服：“你这个白痴”。",
        "“等着瞧”是店主的原话。",
        "标题为“史上最差价”字样",
        "店主对我说“跟你没完”。",
    ],
)
def test_the_other_side_s_own_words_in_quotation_marks_stay(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("这种“骗子”店铺", ["骗子"]),
        ("我说他是“骗子”。", ["骗子"]),
        ("客服回复“你好”，真是骗子。", ["骗子"]),
        ("客服回复“你就是骗子", ["骗子"]),
        ("店主说“电话是13800006021”。", ["13800006021"]),
    ],
)
def test_quotation_marks_do_not_hide_what_is_the_writer_s_own(text: str, words: list[str]):
    assert set(words) <= set(found(text))


@pytest.mark.parametrize(
    "text", ["商家并非骗子", "该行为涉嫌犯罪", "我怀疑这是假货", "这些鞋疑似假货", "不算掉包"]
)
def test_a_denial_and_a_careful_word_accuse_nobody(text: str):
    assert found(text) == []


@pytest.mark.parametrize("text", ["你是不是骗子", "难道不是骗子吗"])
def test_a_question_that_accuses_is_no_denial(text: str):
    assert "骗子" in found(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("不退款！！", "！！"),
        ("不退款!!", "!!"),
        ("ＴＭＤ", "ＴＭＤ"),
        ("是骗\u200b子", "骗\u200b子"),
        ("没退😡\ufe0f。", "😡\ufe0f"),
        ("𠀀𠀀是骗子", "骗子"),
    ],
)
def test_wide_signs_unseen_signs_and_large_ones_are_told_as_they_were_written(
    text: str, words: str
):
    one = check(text).findings[-1]

    assert one.text == words
    assert text[one.start : one.end] == words


def test_the_score_falls_by_what_was_found():
    assert [check(text).score for text in ("", "桌板开裂。", "这家店是骗子")] == [100, 100, 80]
    assert check("卖的是假货").score == 92
    assert check("真无语").score == 97
    assert check("不退款！！").score == 95
    assert check("骗子，骗子，骗子，骗子，骗子，骗子").score == 0


def test_a_pattern_that_blocks_costs_what_blocking_costs():
    read = check("如果不退款，我就曝光")

    assert read.blocks
    assert read.score == 80


def test_only_what_blocks_blocks():
    assert not check("卖的是假货，一直不退款！！").blocks
    assert check("卖的是假货，一直不退款！！骗子").blocks


def test_the_window_is_given_the_three_gravest_in_the_order_of_the_text():
    read = check("真无语，卖的是假货，这家店是骗子！！赶紧退款，不要脸。")

    assert len(read.findings) > SHOWN_MAX
    assert [one.text for one in gravest(read.findings)] == ["假货", "骗子", "不要脸"]


def test_the_graver_of_two_that_share_a_sign_is_told():
    assert found("官商勾结") == ["官商勾结"]
    assert found("恶心透顶") == ["恶心透顶"]
    assert found("我就要说，如果不退款就曝光你们") == ["如果不退款就曝光你们"]


def test_an_association_adds_words_of_its_own():
    ours = word("老赖", "Ｌａｏ", kind=Kind.INSULT, severity=Severity.WARN, instead=("被投诉人",))

    one = check("他是老赖", extra=(ours,)).findings[0]

    assert (one.text, one.rule, one.severity, one.suggest) == (
        *("老赖", "老赖", Severity.WARN),
        ("被投诉人",),
    )
    assert [f.text for f in check("这个lao", extra=(ours,)).findings] == ["lao"]
    assert check("他是老赖").findings == ()


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("不退款？！？", "？"),
        ("没有答复。。。", "。"),
        ("店主电话13800006021", "138****6021"),
        ("身份证11010119900307123X", "110***********123X"),
        ("我们气气气气", ""),
    ],
)
def test_a_suggestion_may_be_made_of_the_words_themselves(text: str, suggested: str):
    assert check(text).findings[-1].suggest == (suggested,)


def test_without_a_list_of_laws_only_what_is_repealed_is_told():
    cited = "依据《商场规定》第3条和《合同法》第60条"

    assert [one.rule for one in check(cited).findings] == ["repealed_law"]
    told = check(cited, laws=frozenset({"民法典 60"})).findings
    assert [one.rule for one in told] == ["unknown_law", "repealed_law"]


@given(texts)
def test_whatever_is_typed_is_read_and_every_finding_lies_within_it(text: str):
    read = check(text, laws=frozenset())

    assert 0 <= read.score <= 100
    for one in read.findings:
        assert one.text
        assert text[one.start : one.end] == one.text
    assert_apart(read)


def assert_apart(read: Tone) -> None:
    measured = {rule.name for rule in rules() if rule.measure}
    words = [one for one in read.findings if one.rule not in measured]
    assert all(a.end <= b.start for a, b in pairwise(words))


@given(st.lists(st.sampled_from(FORMS), min_size=1, max_size=8))
def test_quoting_the_other_side_exempts_every_word(words: list[str]):
    quoted = f"客服在2026年11月2日回复：“{'，'.join(words)}”"

    assert [one.rule for one in check(quoted).findings] == []


@given(st.sampled_from(FORMS), st.sampled_from(["", "。", "，桌板开裂"]))
def test_taking_a_wording_ends_what_was_found(form: str, rest: str):
    text = f"{form}{rest}"
    for one in check(text).findings:
        for wording in one.suggest:
            taken = text[: one.start] + wording + text[one.end :]
            assert one.rule not in {left.rule for left in check(taken).findings}
