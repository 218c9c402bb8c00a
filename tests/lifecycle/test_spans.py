from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.lifecycle.spans import Kind, Span, SpanFault, SpanWhy, Unit, in_all


@pytest.mark.parametrize(
    ("text", "n", "unit"),
    [
        ("7 working days", "7", Unit.WORKING_DAYS),
        ("1 working day", "1", Unit.WORKING_DAYS),
        ("1 day", "1", Unit.DAYS),
        ("60 days", "60", Unit.DAYS),
        ("2 weeks", "2", Unit.WEEKS),
        ("3 months", "3", Unit.MONTHS),
        ("3 years", "3", Unit.YEARS),
        ("0.5 minutes", "0.5", Unit.MINUTES),
        ("0 minutes", "0", Unit.MINUTES),
        ("0 days", "0", Unit.DAYS),
        ("1.25 hours", "1.25", Unit.HOURS),
        ("15wd", "15", Unit.WORKING_DAYS),
        ("60d", "60", Unit.DAYS),
        ("24h", "24", Unit.HOURS),
        ("30 min", "30", Unit.MINUTES),
        ("2w", "2", Unit.WEEKS),
        ("6mo", "6", Unit.MONTHS),
        ("3y", "3", Unit.YEARS),
        ("７ working days", "7", Unit.WORKING_DAYS),
        ("１５　ｄａｙｓ", "15", Unit.DAYS),
        ("  7   Working\u00a0 Days ", "7", Unit.WORKING_DAYS),
    ],
)
def test_a_span_is_read_as_people_type_it(text: str, n: str, unit: Unit) -> None:
    assert Span.parse(text) == Span(n=Decimal(n), unit=unit)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", SpanWhy.UNREADABLE),
        ("days", SpanWhy.UNREADABLE),
        ("7", SpanWhy.UNREADABLE),
        ("-7 days", SpanWhy.UNREADABLE),
        ("7² days", SpanWhy.UNREADABLE),
        ("٧ days", SpanWhy.UNREADABLE),
        ("7 days and more", SpanWhy.UNREADABLE),
        ("1e3 days", SpanWhy.UNREADABLE),
        ("7 days\x00", SpanWhy.UNREADABLE),
        ("9" * 5000 + " days", SpanWhy.UNREADABLE),
        ("7 fortnights", SpanWhy.UNKNOWN_UNIT),
        ("7 m", SpanWhy.UNKNOWN_UNIT),
        ("0 months", SpanWhy.NOT_POSITIVE),
        ("0 working days", SpanWhy.NOT_POSITIVE),
        ("0.5 days", SpanWhy.NOT_WHOLE),
        ("1.5 working days", SpanWhy.NOT_WHOLE),
        ("3654 days", SpanWhy.TOO_LONG),
        ("2611 working days", SpanWhy.TOO_LONG),
        ("11 years", SpanWhy.TOO_LONG),
        ("121 months", SpanWhy.TOO_LONG),
        ("999999999 hours", SpanWhy.TOO_LONG),
    ],
)
def test_what_is_no_span_is_refused_with_its_reason(text: str, code: SpanWhy) -> None:
    with pytest.raises(SpanFault) as fault:
        Span.parse(text)

    assert fault.value.code is code


@pytest.mark.parametrize(
    "text", ["10 years", "120 months", "521 weeks", "3653 days", "87672 hours"]
)
def test_ten_years_are_allowed(text: str) -> None:
    assert str(Span.parse(text)) == text


def test_one_of_a_unit_is_written_in_the_singular() -> None:
    assert str(Span.parse("1 working days")) == "1 working day"
    assert str(Span.parse("1.0 hours")) == "1 hour"
    assert str(Span.parse("10 days")) == "10 days"


@given(n=st.integers(1, 120), unit=st.sampled_from(Unit))
def test_a_written_span_reads_back(n: int, unit: Unit) -> None:
    span = Span(n=Decimal(min(n, 10) if unit is Unit.YEARS else n), unit=unit)

    assert Span.parse(str(span)) == span


def test_only_spans_of_one_kind_can_be_added() -> None:
    sixty_days = Span.parse("60 days")

    assert in_all(sixty_days, [Span.parse("30 days"), Span.parse("1 week")]) == 97
    with pytest.raises(SpanFault) as fault:
        in_all(sixty_days, [Span.parse("30 working days")])
    assert fault.value.code is SpanWhy.OTHER_KIND


def test_extensions_together_cannot_pass_ten_years() -> None:
    with pytest.raises(SpanFault) as fault:
        in_all(Span.parse("6 years"), [Span.parse("5 years")])

    assert fault.value.code is SpanWhy.TOO_LONG


def test_every_unit_has_a_kind() -> None:
    assert {Span(n=Decimal(1), unit=unit).kind for unit in Unit} == set(Kind)
