"""What each reader is told by mail, and what nobody is."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from services.calendars.library import shipped
from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.case import Case
from services.lifecycle.facts import Consumer, Merchant, Order
from services.lifecycle.kinds import Audience, Ball, Door, Reason, Verdict
from services.lifecycle.playbook import Rules
from services.notices.facts import Facts
from services.notices.letters import ASKS_BY, KNOWN, compose
from services.notices.sending import Sending
from services.playbooks.library import shelf
from services.wording.language import Language
from services.wording.letters import Written, names, texts
from tests.lifecycle.cast import MONDAY, day, filed, give, sent, words

RULES = {book.id: Rules(playbook=book, calendar=shipped()) for book in shelf()}
PAGE = "https://redress.example/s/token"
SHOUT = "免费领奖，请点这里"
READERS = {
    "consumer": Audience.CONSUMER,
    "staff": Audience.HANDLER,
    "merchant": Audience.MERCHANT,
    "platform": Audience.PLATFORM,
    "regulator": Audience.REGULATOR,
}


def letter(
    name: str,
    case: Case,
    *,
    to: Audience = Audience.CONSUMER,
    door: Door | None = None,
    playbook: str = "1688",
    language: Language = Language.CHINESE,
) -> Written:
    sending = Sending(
        id=UUID(int=1),
        case_id=UUID(int=2),
        seq=case.version,
        to=to,
        channel="mail",
        recipient=to.value,
        letter=name,
        door=door,
        bell=None,
        files=False,
        addresses=("somebody@mail.example",),
        state="queued",
        attempts=0,
        message_id=None,
        proof={},
        sent_at=None,
    )
    facts = Facts(
        letter=sending,
        case=case,
        rules=RULES[playbook],
        agenda=agenda(case, RULES[playbook]),
        number="青消诉 2026-1147",
        association="青原市消费者协会",
        now=MONDAY,
        page=PAGE if to in (Audience.CONSUMER, Audience.HANDLER, Audience.MANAGER) else None,
    )
    return compose(facts, language=language)


def shouting() -> Case:
    """A stranger's address was given, and every field holds what the giver wants them to read."""
    return filed(
        facts=words(SHOUT),
        consumer=Consumer(name=words(SHOUT), phone=words(SHOUT), email=words("v@mail.example")),
        merchant=Merchant(shop=words(SHOUT), company=words(SHOUT)),
        order=Order(number=words(SHOUT)),
    )


def at_merchant() -> Case:
    return give(filed(), c.TakeOn(), rules=RULES["1688"])


def cases() -> Iterator[Case]:
    shout = give(shouting(), c.TakeOn(), rules=RULES["1688"])
    yield shouting()
    yield shout
    yield give(shout, c.Ask(text=words(SHOUT)))
    answer = c.RecordAnswer(
        door=Door.MERCHANT, verdict=Verdict.REFUSED, on=MONDAY.date(), text=words(SHOUT)
    )
    yield give(sent(shout), answer)
    offer = c.MakeOffer(party=Ball.MERCHANT, terms=words(SHOUT), fulfil_by=day(5).date())
    yield give(sent(shout), offer)
    yield give(shout, c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL))
    yield give(shouting(), c.Decline(reason=Reason.OUT_OF_SCOPE, text=words(SHOUT)))


@pytest.mark.parametrize("language", Language)
def test_no_letter_to_a_consumer_or_to_staff_repeats_what_somebody_typed(language: Language):
    for case in cases():
        for name, reader in sorted(texts(language)):
            if reader in ("consumer", "staff"):
                door = case.door or Door.PLATFORM
                told = letter(name, case, to=READERS[reader], door=door, language=language)

                assert SHOUT not in told.text, name
                assert SHOUT not in told.subject, name


@pytest.mark.parametrize("language", Language)
def test_every_letter_can_be_written_at_every_door(language: Language):
    for door in (None, *Door):
        for name, reader in sorted(texts(language)):
            told = letter(name, filed(), to=READERS[reader], door=door, language=language)

            assert told.subject
            assert "青消诉 2026-1147" in told.subject + told.text, name
            assert not {"{{", "}}", "{%", "%(", "None"} & set(told.text.split()), name
            assert "\n\n\n" not in told.text, name


def test_the_demand_carries_the_consumers_words_their_demands_numbered_and_our_day():
    case = at_merchant()

    told = letter("demand", case, to=Audience.MERCHANT, door=Door.MERCHANT)

    assert "桌板开裂" in told.text
    assert "1. 全额退款：¥1,286" in told.text
    assert "11月5日 周四前答复" in told.subject
    assert "不是法律规定的期限" in told.text
    assert "消费者：李" in told.text


def test_the_demand_names_no_phone_and_no_address_of_the_consumer():
    told = letter("demand", at_merchant(), to=Audience.MERCHANT, door=Door.MERCHANT)

    assert "13800000000" not in told.text
    assert PAGE not in told.text


def test_a_letter_to_the_merchant_tells_the_order_and_not_the_story():
    told = letter("merchant_chaser", sent(at_merchant()), to=Audience.MERCHANT, door=Door.MERCHANT)

    assert "木禾家居" in told.text
    assert "桌板开裂" not in told.text
    assert "消费者：" not in told.text


def test_a_demonstration_says_so_first():
    told = letter("received", filed(), playbook="demo")

    assert told.subject.startswith("【演示】")
    assert told.text.startswith("这是演示系统发出的信")


def test_what_was_sent_by_mail_is_never_called_accepted():
    told = letter("filed", sent(at_merchant()), door=Door.MERCHANT)

    assert "提交不等于对方已经受理" in told.text
    assert "这是我们等待的时间，不是对方必须答复的期限" in told.text


def test_the_receipt_names_the_day_by_which_we_answer():
    told = letter("received", filed())

    assert "最晚在11月5日 周四告诉您" in told.text
    assert PAGE in told.text


def test_an_offer_is_told_by_its_sum_and_day_and_read_behind_the_link():
    offer = c.MakeOffer(
        party=Ball.MERCHANT,
        terms=words("三日内退"),
        fulfil_by=day(7).date(),
        amount=Decimal(800),
    )
    told = letter("offer", give(sent(at_merchant()), offer), door=Door.MERCHANT)

    assert "金额¥800，承诺在11月9日 周一前做到" in told.text
    assert "三日内退" not in told.text


def test_how_to_file_is_told_for_each_door():
    for door, hint in (
        (Door.PLATFORM, "订单"),
        (Door.REGULATOR, "全国12315平台"),
        (Door.LAW, "收货地的法院"),
    ):
        told = letter("yours_to_file", filed(), door=door)

        assert hint in told.text
        assert "我们还没有替您提交任何东西" in told.text


def test_a_letter_that_a_playbook_names_itself_asks_for_a_look():
    told = letter("../../etc/passwd", filed())

    assert told.subject.startswith("您的案件有消息")


def test_a_name_with_a_line_break_adds_no_header():
    case = at_merchant()
    merchant = replace(case.complaint.merchant, shop=words("店\nBcc: all@mail.example"))
    case = replace(case, complaint=replace(case.complaint, merchant=merchant))

    told = letter("demand", case, to=Audience.MERCHANT, door=Door.MERCHANT)

    assert "\n" not in told.subject
    assert "Bcc" not in told.subject


def test_every_letter_that_is_told_more_has_a_text():
    assert {*KNOWN, *ASKS_BY} <= names(Language.CHINESE)
