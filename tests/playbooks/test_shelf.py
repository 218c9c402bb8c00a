"""What we ship: every number says where it comes from, and nothing climbs on one that is unsure."""

from collections.abc import Iterator
from datetime import date

import pytest

from services.lifecycle.facts import Order
from services.lifecycle.kinds import Door, Platform, Problem, Purpose
from services.lifecycle.playbook import (
    Clock,
    ClockKind,
    Confidence,
    Expiry,
    FirstLook,
    Playbook,
    Rung,
    Text,
    Weight,
)
from services.playbooks.library import shelf, shelf_texts
from services.playbooks.scopes import most_specific
from tests.lifecycle.cast import complaint

SHELF = {book.id: book for book in shelf()}
REAL = [book for book in shelf() if not book.demo]
TODAY = date(2026, 11, 22)

every = pytest.mark.parametrize("book", shelf(), ids=lambda book: book.id)
every_real = pytest.mark.parametrize("book", REAL, ids=lambda book: book.id)


def clocks(book: Playbook) -> Iterator[Clock]:
    for rung in book.rungs:
        yield from (rung.wait, *rung.clocks)
    yield from (window.clock for window in book.windows)


def texts(book: Playbook) -> Iterator[Text]:
    yield book.title
    yield from (rung.if_nobody_acts for rung in book.rungs)
    yield from (window.title for window in book.windows)
    yield from (item.title for item in book.evidence)


def rung(book: Playbook, door: Door) -> Rung:
    found = book.rung(door)
    assert found is not None
    return found


def test_the_shelf_holds_what_the_product_needs_first():
    assert set(SHELF) >= {"1688", "general", "12315", "demo"}


@every
def test_every_number_names_its_source_and_the_day_it_was_checked(book: Playbook):
    for clock in clocks(book):
        assert clock.source.source.strip(), clock.id
        assert date(2026, 1, 1) <= clock.source.checked_on <= TODAY, clock.id


@every
def test_what_the_law_sets_is_quoted_and_sure(book: Playbook):
    by_law = [clock for clock in clocks(book) if clock.kind is ClockKind.LAW]

    assert all(clock.basis and clock.source.sure for clock in by_law)


@every_real
def test_no_number_of_a_platform_is_called_sure(book: Playbook):
    channels = [clock for clock in clocks(book) if clock.kind is ClockKind.CHANNEL]

    assert all(
        clock.source.confidence in (Confidence.LOW, Confidence.UNVERIFIED) for clock in channels
    )


@every
def test_only_our_own_waiting_climbs(book: Playbook):
    assert {rung.wait.kind for rung in book.rungs} == {ClockKind.OWN}


@every
def test_every_text_stands_in_both_languages(book: Playbook):
    for text in texts(book):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh), text
        assert text.en.isascii(), text


@every
def test_ids_are_given_once(book: Playbook):
    for ids in (
        [item.id for item in book.evidence],
        [window.id for window in book.windows],
        [rule.kind for rule in book.demands],
        [clock.id for stair in book.rungs for clock in stair.clocks],
    ):
        assert len(ids) == len(set(ids))


@every_real
def test_every_problem_has_evidence_that_it_cannot_do_without(book: Playbook):
    for problem in Problem:
        must = [
            item
            for item in book.evidence
            if item.weight is Weight.MUST and (item.problems is None or problem in item.problems)
        ]

        assert {Door.REGULATOR, Door.LAW} <= {door for item in must for door in item.doors}


@every_real
def test_a_first_look_is_taken_by_a_person(book: Playbook):
    assert book.first_look is FirstLook.PERSON


@every_real
def test_who_buys_for_resale_has_no_consumer_complaint_and_no_multiple_damages(book: Playbook):
    shut = {rule.kind for rule in book.demands if Purpose.RESALE in rule.closed_to}

    assert rung(book, Door.REGULATOR).closed_to == {Purpose.RESALE}
    assert shut == {"fraud_triple", "food_tenfold"}


@every_real
def test_the_regulator_is_counted_as_order_121_counts(book: Playbook):
    theirs = {
        clock.id: (str(clock.span), clock.start.value, clock.roll.value, clock.pausable)
        for clock in rung(book, Door.REGULATOR).clocks
    }

    assert theirs == {
        "reg.accept": ("7 working days", "received", "none", False),
        "reg.mediate": ("60 days", "accepted", "holiday", False),
    }


def test_the_doors_that_playbooks_share_do_not_drift_apart():
    for door in (Door.ASSOCIATION, Door.REGULATOR, Door.LAW):
        shared = {repr(stair) for book in REAL if (stair := book.rung(door))}

        assert len(shared) == 1, door


@pytest.mark.parametrize("name", ["1688", "general"])
def test_the_platform_asks_before_mediation_and_is_passed_when_nobody_files(name: str):
    platform = rung(SHELF[name], Door.PLATFORM)

    assert (platform.expiry, platform.unfiled) == (Expiry.ASK, Expiry.PASS)
    assert rung(SHELF[name], Door.REGULATOR).unfiled is Expiry.STAY
    assert rung(SHELF[name], Door.LAW).expiry is Expiry.STAY


def test_the_demo_writes_to_reserved_names_only():
    boxes = {rung.mailbox for rung in SHELF["demo"].rungs if rung.mailbox}

    assert boxes
    assert all(box.endswith(".example") for box in boxes)


@every_real
def test_nothing_but_the_demo_sends_by_itself(book: Playbook):
    assert not any(rung.mailbox or rung.hand == "mail" for rung in book.rungs)


@pytest.mark.parametrize(
    ("platform", "problem", "purpose", "expected"),
    [
        (Platform.ALIBABA_1688, Problem.QUALITY, Purpose.OWN_USE, "1688"),
        (Platform.ALIBABA_1688, Problem.SAFETY, Purpose.RESALE, "1688"),
        (Platform.TAOBAO, Problem.SAFETY, Purpose.OWN_USE, "general"),
        (Platform.OTHER, Problem.QUALITY, Purpose.OWN_USE, "general"),
        (Platform.OTHER, Problem.SAFETY, Purpose.OWN_USE, "12315"),
        (Platform.OTHER, Problem.SAFETY, Purpose.RESALE, "general"),
    ],
)
def test_each_complaint_finds_its_playbook_and_never_the_demo(
    platform: Platform, problem: Problem, purpose: Purpose, expected: str
):
    told = complaint(platform=platform, problem=problem, order=Order(purpose=purpose))

    chosen = most_specific(shelf(), told, today=TODAY)

    assert chosen is not None
    assert chosen.id == expected


def test_before_order_121_its_playbook_is_not_chosen():
    told = complaint(platform=Platform.OTHER, problem=Problem.SAFETY)

    chosen = most_specific(shelf(), told, today=date(2026, 4, 14))

    assert chosen is not None
    assert chosen.id == "general"


def test_the_files_say_why_where_a_number_is_not_theirs():
    assert all("domain.md" not in text for text in shelf_texts())
