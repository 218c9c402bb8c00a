"""A form is read field by field; all that is wrong is told at once and all that was typed stays."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.naughty import TEXTS, UNSTORABLE
from web.body import Unfit, Value
from web.fields import as_span
from web.forms import Flaw, FormReader, received

TODAY = date(2026, 11, 24)
ID = "0190d2f0-0000-4000-8000-00000000abcd"


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def form_of(**typed: str | list[str]) -> FormReader:
    pairs = [
        Value(name=name, text=text)
        for name, texts in typed.items()
        for text in ([texts] if isinstance(texts, str) else texts)
    ]
    return received(pairs, csrf="token")


def codes(form: FormReader) -> list[tuple[str, object]]:
    return [(fault.field, fault.code) for fault in form.faults]


def test_everything_that_is_wrong_is_told_at_once():
    form = form_of(facts="", paid="32月1日", amount="viel", phone="1", email="ana", colour="blue")

    form.text("facts", needed=True)
    form.day("paid", today=TODAY)
    form.money("amount")
    form.phone("phone")
    form.email("email")
    form.choice("colour", Colour)
    form.choice("size", Colour, needed=True)

    assert codes(form) == [
        ("facts", Flaw.MISSING),
        ("paid", Flaw.NOT_A_DAY),
        ("amount", Flaw.NOT_MONEY),
        ("phone", Flaw.NOT_A_PHONE),
        ("email", Flaw.NOT_AN_EMAIL),
        ("colour", Flaw.NOT_A_CHOICE),
        ("size", Flaw.CHOICE_MISSING),
    ]
    assert form.value("paid") == "32月1日"


def test_what_was_meant_is_read():
    form = form_of(
        facts=" 一\r\n二 ", paid="１１月１日", amount="1,286元", phone="+86 138 0013 8000",
        email=" Ana@Acme.example ", colour="green", name="买买提•吐尔逊", days="１０", sure="yes",
        colours=["green", "red"],
    )  # fmt: skip

    assert form.text("facts", needed=True) == "一\n二"
    assert form.day("paid", today=TODAY, needed=True) == date(2026, 11, 1)
    assert form.money("amount") == Decimal("1286.00")
    assert form.phone("phone") == "13800138000"
    assert form.email("email") == "ana@acme.example"
    assert form.choice("colour", Colour) is Colour.GREEN
    assert form.choices("colours", Colour) == (Colour.RED, Colour.GREEN)
    assert form.name("name") == "买买提·吐尔逊"
    assert form.number("days") == 10
    assert form.flag("sure")
    assert not form.flag("unsure")
    assert form.faults == []


def test_what_is_not_there_and_not_needed_is_no_fault():
    form = form_of()

    read = (form.line("a"), form.day("b", today=TODAY), form.money("c"), form.choice("d", Colour))

    assert read == ("", None, None, None)
    assert form.faults == []


def test_a_field_that_came_twice_is_not_chosen_from():
    form = form_of(amount=["1", "2"])

    assert form.money("amount", needed=True) is None
    assert codes(form) == [("amount", Flaw.DUPLICATE)]
    assert form.typed["amount"] == ["1", "2"]


@pytest.mark.parametrize(
    ("unfit", "flaw"), [(Unfit.ENCODING, Flaw.ENCODING), (Unfit.FILE, Flaw.FILE)]
)
def test_what_is_no_text_is_told_once_and_never_used(unfit: Unfit, flaw: Flaw):
    form = received([Value(name="facts", text="Í¶Ëß", unfit=unfit)], csrf="")

    assert form.text("facts", needed=True) == ""
    assert codes(form) == [("facts", flaw)]
    assert form.value("facts") == "Í¶Ëß"


@pytest.mark.parametrize("text", UNSTORABLE)
def test_what_cannot_be_stored_is_refused_and_shown_where_it_stands(text: str):
    form = form_of(facts=f"vor {text} nach")

    assert form.text("facts", needed=True) == ""
    assert codes(form) == [("facts", Flaw.CONTROL)]
    assert "\ufffd" in form.value("facts")
    assert form.value("facts").startswith("vor ")


def test_the_limit_is_the_last_length_that_fits():
    assert form_of(facts="字" * 20).text("facts", longest=20) == "字" * 20

    form = form_of(facts="字" * 23)
    assert form.text("facts", longest=20, needed=True) == ""
    assert form.faults[0].gaps == {"longest": 20, "over": 3}
    assert form.value("facts") == "字" * 23


def test_a_form_that_comes_back_keeps_its_command_id_and_its_version():
    form = form_of(command_id=ID, version="7", csrf="token", facts="x")

    assert form.command_id == UUID(ID)
    assert form.of_version(9).version == 7
    assert form.typed == {"facts": ["x"]}


@pytest.mark.parametrize("bad", ["", "1", "x" * 36, "{}", "\x00"])
def test_a_command_id_that_is_none_is_replaced(bad: str):
    form = form_of(command_id=bad, version=bad)

    assert form.command_id.version == 4


def test_every_form_that_is_shown_has_a_command_id_of_its_own():
    assert FormReader(csrf="").command_id != FormReader(csrf="").command_id


def test_secrets_are_read_to_the_letter_and_never_shown():
    form = form_of(password="  zwei  Reiher ", code="123456")

    assert form.secret("password") == "  zwei  Reiher "
    assert form.typed == {}


@pytest.mark.parametrize("text", TEXTS)
def test_naughty_texts_are_kept_to_the_letter(text: str):
    form = form_of(facts=text)

    form.text("facts")

    assert form.faults == []
    assert form.value("facts") == text


@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.text(), min_size=1, max_size=2)))
def test_no_form_whatever_breaks_the_reader(typed: dict[str, list[str]]):
    form = form_of(**dict(typed))

    for name in "abc":
        form.text(name, needed=True)
        form.phone(name)
        form.day(name, today=TODAY, ahead=True)
        form.money(name)
        form.number(name)
        form.email(name)
        form.name(name)
        form.choices(name, Colour)

    assert set(form.typed) == set(typed)
    "".join(text for texts in form.typed.values() for text in texts).encode()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5个工作日", "5 working days"),
        ("3日", "3 days"),
        ("2 个月", "2 months"),
        ("90分钟", "90 minutes"),
        ("1 working day", "1 working days"),
        ("很久", "很久"),
    ],
)
def test_a_span_of_time_is_written_in_any_of_our_languages(typed: str, meant: str):
    assert as_span(typed) == meant
