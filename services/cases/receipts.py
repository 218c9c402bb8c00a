"""What a command is answered with, and why it may not be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from services.lifecycle.case import Case
from services.lifecycle.events import Event, LinkReissued, MerchantLinkReissued
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import Ball, Door, FilingState, Stage
from services.lifecycle.wire import kind_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingNow:
    """The filing at the door where the case stands; a case that stands at none has none."""

    door: Door | None = None
    state: FilingState | None = None

    @classmethod
    def of(cls, filing: Filing | None) -> Self:
        return cls(door=filing.door, state=filing.state) if filing else cls()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How the case stood when this command was recorded. `events` is empty for a bell that came
    to nothing. `link_token` opens the status page; it can be derived again, so nothing keeps it.
    `merchant_generation` is that of a link which a person made for the merchant.
    """

    number: str
    case_id: UUID
    version: int
    stage: Stage
    filing: FilingNow
    ball: Ball
    events: tuple[str, ...] = ()
    seqs: tuple[int, ...] = ()
    replayed: bool = False
    link_generation: int | None = None
    link_token: str | None = None
    merchant_generation: int | None = None


class Conflict(Exception):
    """This command_id was used before, for something else. `first` is what it was answered with,
    as far as whoever asks may see it.
    """

    def __init__(self, first: Receipt | None = None) -> None:
        super().__init__("command id used before with other content")
        self.first = first


class Stale(Exception):
    """The case has moved on since the version that the form was made for."""

    def __init__(self, *, asked: int, version: int) -> None:
        super().__init__(f"version {version}, not {asked}")
        self.asked = asked
        self.version = version


class NotFound(Exception):
    """No such case, or none that this seat may see: the two look the same."""


def receipt_of(case: Case, events: tuple[Event, ...], *, number: str, case_id: UUID) -> Receipt:
    first = case.version - len(events) + 1
    new_link = case.version == len(events) or any(isinstance(e, LinkReissued) for e in events)
    return Receipt(
        number=number,
        case_id=case_id,
        version=case.version,
        stage=case.stage,
        filing=FilingNow.of(case.filing),
        ball=case.ball,
        events=tuple(kind_of(type(event)) for event in events),
        seqs=tuple(range(first, case.version + 1)),
        link_generation=case.link_generation if new_link else None,
        merchant_generation=next(
            (e.generation for e in events if isinstance(e, MerchantLinkReissued)), None
        ),
    )


def to_plain(receipt: Receipt) -> dict[str, Any]:
    return {
        "number": receipt.number,
        "case_id": str(receipt.case_id),
        "version": receipt.version,
        "stage": receipt.stage,
        "door": receipt.filing.door,
        "state": receipt.filing.state,
        "ball": receipt.ball,
        "events": list(receipt.events),
        "seqs": list(receipt.seqs),
        "link_generation": receipt.link_generation,
        "merchant_generation": receipt.merchant_generation,
    }


def from_plain(body: Mapping[str, Any]) -> Receipt:
    return Receipt(
        number=body["number"],
        case_id=UUID(body["case_id"]),
        version=body["version"],
        stage=Stage(body["stage"]),
        filing=FilingNow(
            door=Door(body["door"]) if body["door"] else None,
            state=FilingState(body["state"]) if body["state"] else None,
        ),
        ball=Ball(body["ball"]),
        events=tuple(body["events"]),
        seqs=tuple(body["seqs"]),
        replayed=True,
        link_generation=body["link_generation"],
        merchant_generation=body.get("merchant_generation"),
    )
