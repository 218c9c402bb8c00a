"""Ways through a case, so that every bell and every letter of the law is met at least once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from services.calendars.library import shipped
from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.bells import Act, Bell
from services.lifecycle.case import Case
from services.lifecycle.contacts import Contact, ContactKind, Party
from services.lifecycle.events import Event, Filed
from services.lifecycle.evolve import born, evolve
from services.lifecycle.facts import PlaybookRef
from services.lifecycle.kinds import Audience, Ball, Door, Reason, Verdict
from services.lifecycle.playbook import Playbook, Rules
from services.lifecycle.react import react
from services.lifecycle.rehearse import Line, rehearse
from tests.lifecycle.cast import DARA, complaint, proof, words

START = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
SENT_BY_ACTS = (Act.REMIND, Act.CHASE, Act.ALARM, Act.LAST_NOTICE)
Story = list[tuple[int, c.Command]]


def stories(book: Playbook) -> Iterator[Story]:
    """What a manager does on which day; in between nobody acts."""
    first = book.rungs[0].id
    sent = c.RecordFiling(door=first, on=day_of(0), proof=proof())
    offer = c.MakeOffer(party=Ball.MERCHANT, terms=words(), fulfil_by=day_of(9))
    promise = c.Promise(promisor=Ball.MERCHANT, what=words(), due_on=day_of(9))
    answer = c.RecordAnswer(door=first, verdict=Verdict.PARTLY, on=day_of(2), text=words())
    call = Contact(kind=ContactKind.CALL, whom=Party.CONSUMER, again_on=day_of(2))
    pause = c.Pause(holder=Ball.CONSUMER, reason=Reason.OTHER, until=day_of(4))
    yield []
    if book.demo:
        return
    yield [(0, c.Decline(reason=Reason.OTHER, text=words())), (3, c.Reopen(text=words()))]
    yield [(0, c.TakeOn()), (0, c.OpenReport(text=words()))]
    yield [(0, c.TakeOn()), (0, sent), (2, answer)]
    yield [(0, c.TakeOn()), (0, sent), (1, offer)]
    yield [(0, c.TakeOn()), (0, sent), (1, promise)]
    yield [(0, c.TakeOn()), (1, c.Ask(text=words()))]
    yield [(0, c.TakeOn()), (1, pause)]
    yield [(0, c.TakeOn()), (1, c.Note(contact=call))]
    yield [(0, c.TakeOn()), (1, c.GoToLaw())]
    if book.mediates:
        platform = c.RecordFiling(door=Door.PLATFORM, on=day_of(9), proof=proof())
        wish = c.Provide(text=words(), choice=Door.ASSOCIATION)
        yield [(0, c.TakeOn()), (1, c.AcceptMediation(confirmed=True))]
        yield [(0, c.TakeOn()), (0, sent), (9, platform)]
        yield [(0, c.TakeOn()), (0, sent), (9, platform), (33, wish)]


def day_of(n: int) -> date:
    return (START + timedelta(days=n)).date()


def played(book: Playbook) -> Iterator[tuple[Case, Event]]:
    """Every event of every story, with the case as it stands after it."""
    rules = Rules(playbook=book, calendar=shipped())
    pinned = PlaybookRef(id=book.id, version=1)
    for story in stories(book):
        filed = Line(at=START, command=c.File(complaint=complaint(), playbook=pinned), by=DARA)
        given = (Line(at=START + timedelta(days=n, hours=1), command=each) for n, each in story)
        until = START + timedelta(days=700)
        steps = rehearse(None, rules, now=START, until=until, script=[filed, *given], steps_max=60)
        case: Case | None = None
        for step in steps:
            case = evolve(case, step.event) if case else begun(step.event)
            yield case, step.event


def begun(event: Event) -> Case:
    assert isinstance(event, Filed)
    return born(event)


def bells(book: Playbook) -> Iterator[Bell]:
    rules = Rules(playbook=book, calendar=shipped())
    for case, _ in played(book):
        yield from agenda(case, rules)


def letters(book: Playbook) -> set[tuple[str, str]]:
    """With its reader, by what happened and by what will ring."""
    found = {
        (letter.name, reader(letter.to))
        for case, event in played(book)
        for letter in react(case, event)
    }
    return found | {
        (bell.letter, reader(to))
        for bell in bells(book)
        if bell.act in SENT_BY_ACTS
        for to in bell.tell
    }


def reader(to: Audience) -> str:
    return "staff" if to in (Audience.HANDLER, Audience.MANAGER) else to.value
