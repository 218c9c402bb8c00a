"""From a mapping (a TOML file) to a playbook, or to every fault at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.lifecycle.kinds import Audience, DemandKind, Door, Hand, Platform, Problem, Purpose
from services.lifecycle.playbook import (
    Clock,
    ClockKind,
    Confidence,
    DemandRule,
    EvidenceItem,
    Expiry,
    FirstLook,
    Nudge,
    OwnSpans,
    Playbook,
    Rung,
    Scope,
    Source,
    Start,
    Text,
    Weight,
    Window,
)
from services.lifecycle.reading import Fault, Reader
from services.lifecycle.spans import Roll, Span

LADDER = (Door.MERCHANT, Door.PLATFORM, Door.ASSOCIATION, Door.REGULATOR, Door.LAW)
WINDOW_STARTS = ("paid_on", "received_on", "completed_on")


class PlaybookFaults(Exception):
    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{f.path}: {f.code}" for f in faults))
        self.faults = faults


def parse(table: Mapping[str, Any], *, version: int = 0) -> Playbook:
    """Raises `PlaybookFaults` with every fault. `version` 0 is a draft."""
    faults: list[Fault] = []
    top = Reader(table=table, path="", faults=faults)
    playbook = Playbook(
        id=top.text("id"),
        version=version,
        demo=top.raw("demo", bool, False) or False,
        title=text(top.inner("title")),
        valid_from=top.day("valid_from", needed=False),
        scope=scope(top.inner("scope", needed=False)),
        first_look=top.choice("first_look", FirstLook, FirstLook.PERSON),
        own=own_spans(top.inner("own", needed=False)),
        rungs=top.each("rung", rung),
        windows=top.each("window", window),
        evidence=top.each("evidence", evidence),
        demands=top.each("demand", demand),
    )
    top.done()
    climbs(top, playbook)
    if faults:
        raise PlaybookFaults(tuple(faults))
    return playbook


def text(reader: Reader) -> Text:
    found = Text(zh=reader.text("zh"), en=reader.text("en"))
    reader.done()
    return found


def scope(reader: Reader) -> Scope:
    found = Scope(
        platforms=frozenset(reader.choices("platforms", Platform)) or None,
        problems=frozenset(reader.choices("problems", Problem)) or None,
        purposes=frozenset(reader.choices("purposes", Purpose)) or None,
    )
    reader.done()
    return found


def own_spans(reader: Reader) -> OwnSpans:
    found = OwnSpans(
        first_look=reader.span("first_look", "3 working days"),
        first_look_chase=reader.span("first_look_chase", "2 working days"),
        offer=reader.span("offer", "5 working days"),
        question=reader.span("question", "5 working days"),
        promise=reader.span("promise", "3 working days"),
        choice=reader.span("choice", "5 working days"),
        alarm=reader.span("alarm", "10 working days"),
        report=reader.span("report", "3 working days"),
        reopen=reader.span("reopen", "30 days"),
        dormant=reader.span("dormant", "60 days"),
        notice=reader.span("notice", "30 days"),
    )
    reader.done()
    return found


def rung(reader: Reader) -> Rung:
    return Rung(
        id=reader.choice("id", Door),
        channel=reader.text("channel"),
        hand=reader.choice("hand", Hand),
        mailbox=reader.raw("mailbox", str, needed=False),
        file_within=reader.span("file_within"),
        chase_every=reader.span("chase_every", "2 working days"),
        unfiled=reader.choice("unfiled", Expiry, Expiry.STAY),
        wait=clock(reader.inner("wait"), named="wait"),
        remind=reader.each("remind", nudge),
        chase=reader.each("chase", nudge),
        clocks=reader.each("clock", clock),
        expiry=reader.choice("expiry", Expiry),
        decide_within=reader.span("decide_within", "3 working days"),
        closed_to=frozenset(reader.choices("closed_to", Purpose)),
        if_nobody_acts=text(reader.inner("if_nobody_acts")),
    )


def clock(reader: Reader, *, named: str | None = None) -> Clock:
    found = Clock(
        id=named or reader.text("id"),
        span=reader.span("span"),
        start=reader.choice("from", Start),
        kind=reader.choice("kind", ClockKind),
        roll=reader.choice("roll", Roll, Roll.NONE),
        pausable=reader.raw("pausable", bool, False) or False,
        basis=reader.text("basis", ""),
        source=source(reader),
    )
    if found.pausable and found.kind is not ClockKind.OWN:
        reader.wrong("pausable", "not_ours_to_pause", 'kind = "own"')
    if named:
        reader.done()
    return found


def source(reader: Reader) -> Source:
    return Source(
        source=reader.text("source"),
        confidence=reader.choice("confidence", Confidence),
        checked_on=reader.day("checked_on") or date.min,
    )


def nudge(reader: Reader) -> Nudge:
    return Nudge(
        after=reader.span("after"),
        tell=reader.choices("tell", Audience),
        letter=reader.text("letter"),
    )


def window(reader: Reader) -> Window:
    start = reader.text("from")
    if start not in WINDOW_STARTS:
        reader.wrong("from", "not_one_of", " | ".join(WINDOW_STARTS))
    return Window(
        id=reader.text("id"),
        door=reader.choice("door", Door),
        start=start,
        title=text(reader.inner("title")),
        problems=frozenset(reader.choices("problems", Problem)) or None,
        clock=Clock(
            id=reader.text("id"),
            span=reader.span("span"),
            start=Start.OPENED,
            kind=reader.choice("kind", ClockKind),
            roll=reader.choice("roll", Roll, Roll.NONE),
            basis=reader.text("basis", ""),
            source=source(reader),
        ),
    )


def evidence(reader: Reader) -> EvidenceItem:
    return EvidenceItem(
        id=reader.text("id"),
        problems=frozenset(reader.choices("problems", Problem)) or None,
        doors=frozenset(reader.choices("doors", Door)),
        weight=reader.choice("weight", Weight),
        title=text(reader.inner("title")),
    )


def demand(reader: Reader) -> DemandRule:
    return DemandRule(
        kind=reader.choice("kind", DemandKind),
        basis=tuple(str(b) for b in reader.raw("basis", list, []) or []),
        closed_to=frozenset(reader.choices("closed_to", Purpose)),
    )


def climbs(top: Reader, playbook: Playbook) -> None:
    """A ladder goes up, ends by staying, files by a mailbox it has, and climbs on sure numbers
    only.
    """
    doors = [r.id for r in playbook.rungs]
    if not doors:
        top.wrong("rung", "missing", "[[rung]]")
    if doors != sorted(set(doors), key=LADDER.index if set(doors) <= set(LADDER) else doors.index):
        top.wrong("rung", "not_in_order", " → ".join(LADDER))
    for n, stair in enumerate(playbook.rungs):
        here = Reader(table={}, path=f"rung[{n}]", faults=top.faults)
        if stair.id not in LADDER:
            here.wrong("id", "not_a_rung", " | ".join(LADDER))
        if stair.hand is Hand.MAIL and not stair.mailbox and stair.id is not Door.MERCHANT:
            here.wrong("mailbox", "missing", "name@example.org")
        if stair.unfiled not in (Expiry.PASS, Expiry.STAY):
            here.wrong("unfiled", "not_one_of", "pass | stay")
        if stair.wait.kind is not ClockKind.OWN and not stair.wait.source.sure:
            here.wrong("wait.confidence", "too_unsure_to_climb", 'kind = "own"')
        if n == len(playbook.rungs) - 1 and stair.expiry is not Expiry.STAY:
            here.wrong("expiry", "last_door_stays", "stay")
    zero = Span.parse("0 minutes")
    if not playbook.demo and playbook.own.first_look == zero:
        top.wrong("own.first_look", "not_zero", "3 working days")
