"""A command under its name: the same again gets the first receipt, another content a conflict."""

import hashlib
from dataclasses import dataclass, replace
from uuid import UUID

from infra.database import Record
from services.cases.chain import canonical
from services.cases.receipts import Conflict, Receipt, from_plain
from services.cases.status_links import status_token
from services.lifecycle.commands import Command, File
from services.lifecycle.decide import Actor
from services.lifecycle.wire import kind_of, plain
from services.tenants.seats import Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who commanded, and the name and content under which it is remembered. `heard`: the clock of
    the case knows of it and need not be told.
    """

    seat: Seat
    command_id: UUID
    content_hash: bytes
    heard: bool = False

    @property
    def by(self) -> Actor:
        return Actor(role=self.seat.role, person=self.seat.person)


def order(
    seat: Seat, command: Command, *, command_id: UUID, case_id: UUID | None, heard: bool = False
) -> Order:
    content = {"case": plain(case_id), "kind": kind_of(type(command)), "body": plain(sent(command))}
    return Order(
        seat=seat,
        command_id=command_id,
        content_hash=hashlib.sha256(canonical(content)).digest(),
        heard=heard,
    )


def sent(command: Command) -> Command:
    """What we noticed about a complaint is no part of it: sent twice, it is the same."""
    return replace(command, signs=()) if isinstance(command, File) else command


def first_answer(row: Record, asked: Order, *, case_id: UUID | None) -> Receipt:
    """Raises `Conflict`; what was said of another case is not told."""
    first = from_plain(row["receipt"])
    if row["content_hash"] == asked.content_hash:
        return with_token(first, asked.seat)
    raise Conflict(first if case_id in (None, first.case_id) else None)


def with_token(receipt: Receipt, seat: Seat) -> Receipt:
    if receipt.link_generation is None:
        return receipt
    token = status_token(seat.tenant, receipt.case_id, generation=receipt.link_generation)
    return replace(receipt, link_token=token)
