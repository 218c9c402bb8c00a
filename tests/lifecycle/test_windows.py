"""The clocks that began before us: open, shut, or shut by a rule that nobody has checked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendars.library import shipped
from services.lifecycle.facts import Order
from services.lifecycle.kinds import Problem, Purpose
from services.lifecycle.playbook import Playbook
from services.lifecycle.windows import DoorTime, Standing, door_times
from services.playbooks.library import shelf

TODAY = date(2026, 11, 26)
BOOKS = {book.id: book for book in shelf()}
ON_1688 = BOOKS["1688"]


def times(
    order: Order, *, today: date = TODAY, book: Playbook = ON_1688, problem: Problem | None = None
) -> dict[str, DoorTime]:
    found = door_times(
        book, order, problem=problem or Problem.QUALITY, today=today, calendar=shipped()
    )
    return {each.window.id: each for each in found}


@pytest.mark.parametrize(
    ("received", "standing", "last_day", "left"),
    [
        (date(2026, 11, 19), Standing.OPEN, date(2026, 11, 26), 0),
        (date(2026, 11, 18), Standing.SHUT, date(2026, 11, 25), -1),
        (date(2026, 11, 24), Standing.OPEN, date(2026, 12, 1), 5),
    ],
)
def test_seven_days_are_counted_from_the_day_after_receipt(
    received: date, standing: Standing, last_day: date, left: int
):
    found = times(Order(received_on=received))["cpl.quality.return"]

    assert (found.standing, found.last_day, found.days_left) == (standing, last_day, left)


def test_a_rule_that_nobody_has_checked_shuts_no_door_for_certain():
    found = times(Order(completed_on=date(2026, 10, 1)))["1688.aftersale"]

    assert found.standing is Standing.PERHAPS_SHUT


def test_without_the_day_of_completion_the_day_of_receipt_is_taken_and_said():
    found = times(Order(received_on=date(2026, 11, 20)))["1688.aftersale"]

    assert found.last_day == date(2026, 12, 5)
    assert found.by_receipt
    assert not times(Order(completed_on=date(2026, 11, 20)))["1688.aftersale"].by_receipt


def test_without_a_day_nothing_is_claimed():
    assert {each.standing for each in times(Order()).values()} == {Standing.NO_DAY}


def test_who_bought_to_sell_keeps_the_platform_and_the_court_and_no_right_of_consumers():
    found = times(Order(received_on=date(2026, 11, 24), purpose=Purpose.RESALE))

    theirs = {name for name, each in found.items() if each.standing is Standing.OPEN}
    assert theirs == {"1688.aftersale", "1688.aftersale.short", "civ.limitation", "platform.data"}
    assert found["reg.bar"].standing is Standing.NOT_YOURS


def test_what_shuts_first_stands_first():
    found = list(times(Order(received_on=date(2026, 11, 10))).values())

    days = [each.last_day for each in found if each.standing is Standing.OPEN]
    assert days == sorted(days, key=lambda day: day or date.max)
    assert [each.standing for each in found] == sorted(
        (each.standing for each in found), key=list(Standing).index
    )


def test_what_has_nothing_to_do_with_the_problem_is_not_shown():
    assert "civ.fraud.rescind" not in times(Order(), problem=Problem.QUALITY)
    assert "civ.fraud.rescind" in times(Order(), problem=Problem.FALSE_AD)
    assert "cpl.durable.burden" not in times(Order(), problem=Problem.PRICE)


@given(
    st.dates(min_value=date(2020, 1, 1), max_value=TODAY),
    st.integers(min_value=0, max_value=2000),
    st.sampled_from(Problem),
    st.sampled_from(Purpose),
    st.sampled_from(sorted(BOOKS)),
)
def test_a_door_that_is_shut_never_opens_again_by_waiting(
    received: date, later: int, problem: Problem, purpose: Purpose, book: str
):
    order = Order(received_on=received, purpose=purpose)
    now = times(order, book=BOOKS[book], problem=problem)
    then = times(order, book=BOOKS[book], problem=problem, today=TODAY + timedelta(days=later))

    for name, each in now.items():
        assert then[name].last_day == each.last_day
        if each.standing in (Standing.SHUT, Standing.PERHAPS_SHUT):
            assert then[name].standing is each.standing
        if each.days_left is not None:
            assert (each.standing is Standing.OPEN) == (each.days_left >= 0)
