"""The form with which files are handed in, by consumers and by staff, and what came of each."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.cases.handing_in import Told, hand_in
from services.evidence import names
from services.evidence.kinds import NotTaken, UnfitFile
from services.evidence.receiving import posted_first
from services.lifecycle.evidence import Capture
from services.lifecycle.refusals import Refused, Why
from services.tenants.seats import Seat
from services.wording.say import say
from web import csrf, tickets
from web.body import Value
from web.forms import Flaw, FormReader, received
from web.page import Asked
from web.parts import File, parts

REQUEST_BYTES_MAX: Final = 520 * 1024 * 1024
FILES, NOTE_MAX = "files", 500
LARGE: Final = frozenset(unfit for unfit in UnfitFile if unfit.value.endswith("_too_large"))


class State(StrEnum):
    """Of a tile; `parts/evidence.html` draws each."""

    READY = "ready"
    REFUSED = "refused"
    TOO_LARGE = "too_large"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file; `why` says what to do about it."""

    name: str
    state: State
    why: str = ""


@dataclass(slots=True, kw_only=True)
class Handed:
    """What was posted: the texts, and what came of each file."""

    form: FormReader
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return sum(each.state is State.READY for each in self.outcomes)

    @property
    def not_taken(self) -> list[Outcome]:
        return [each for each in self.outcomes if each.state is not State.READY]

    @property
    def is_clean(self) -> bool:
        return not self.form.faults and not self.not_taken


async def handed(request: Asked, seat: Seat, case: UUID, *, today: date) -> Handed:
    """Takes in whatever can be taken, a file at a time; one that cannot holds up no other."""
    upload, values = tickets.upload(request), list[Value]()
    if not await posted_first(seat, case=case, upload=upload):
        raise tickets.too_old(request)
    done = Handed(form=FormReader(csrf=csrf.token(request)))
    told: Told | None = None
    async for each in parts(request.headers.get("content-type", ""), request.stream()):
        if isinstance(each, Value):
            values.append(each)
            continue
        if told is None:
            done.form = received(values, csrf=csrf.token(request))
            told = read(done.form, today=today)
        if not done.form.faults:
            done.outcomes.append(await one(seat, case, told, upload=upload, file=each))
    if told is None:
        done.form = received(values, csrf=csrf.token(request))
        done.form.fault(FILES, Flaw.FILE_MISSING)
    return done


def read(form: FormReader, *, today: date) -> Told:
    """What is said of all files of one form; it stands before them in it."""
    return Told(
        note=form.text("note", longest=NOTE_MAX),
        capture=form.choice("capture", Capture),
        made_on=form.day("made_on", today=today),
    )


async def one(seat: Seat, case: UUID, told: Told, *, upload: UUID, file: File) -> Outcome:
    name = names.fit(file.name)
    described = Told(name=name, note=told.note, capture=told.capture, made_on=told.made_on)
    try:
        await hand_in(seat, case, described, upload=upload, chunks=file.content)
    except NotTaken as no:
        state = State.TOO_LARGE if no.why in LARGE else State.REFUSED
        return Outcome(name=name, state=state, why=say(no.why))
    except Refused as no:
        state = State.DUPLICATE if no.why is Why.EVIDENCE_KNOWN else State.REFUSED
        return Outcome(name=name, state=state, why=say(no.why))
    return Outcome(name=name, state=State.READY)
