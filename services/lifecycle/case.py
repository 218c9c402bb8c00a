"""One complaint: what its events add up to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.lifecycle.contacts import Appointment
from services.lifecycle.evidence import Piece
from services.lifecycle.facts import (
    Complaint,
    Extended,
    Filing,
    Interval,
    Offer,
    PlaybookRef,
    Promise,
    Question,
)
from services.lifecycle.kinds import Ball, Consent, Door, Outcome, Stage
from services.lifecycle.reachable import Code, Way
from services.lifecycle.signs import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One complaint, as its events up to `version` tell it. While there are `signs`, a person looks
    before anything goes out.
    """

    version: int
    stage: Stage
    complaint: Complaint
    playbook: PlaybookRef
    filed_at: datetime
    filed_seq: int = 1
    signs: tuple[Sign, ...] = ()
    taken_on: bool = False
    door: Door | None = None
    filings: tuple[Filing, ...] = ()
    offers: tuple[Offer, ...] = ()
    promises: tuple[Promise, ...] = ()
    questions: tuple[Question, ...] = ()
    pauses: tuple[Interval, ...] = ()
    extensions: tuple[Extended, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    evidence: tuple[Piece, ...] = ()
    assignee: UUID | None = None
    outcome: Outcome | None = None
    closed_at: datetime | None = None
    closed_seq: int = 0
    reopened_at: datetime | None = None
    reopened_seq: int = 0
    wish: Door | None = None
    wish_seq: int = 0
    wished_at: datetime | None = None
    touched_at: datetime | None = None
    touched_seq: int = 1
    alarmed_at: datetime | None = None
    alarmed_seq: int = 0
    noticed_at: datetime | None = None
    noticed_seq: int = 0
    struck: frozenset[str] = frozenset()
    link_generation: int = 1
    merchant_links: tuple[datetime, ...] = ()
    merchant_links_revoked: tuple[int, ...] = ()
    codes: tuple[Code, ...] = ()
    confirmed: frozenset[Way] = frozenset()
    ball: Ball = Ball.ASSOCIATION
    ball_since: datetime | None = None
    spent: tuple[tuple[Ball, timedelta], ...] = ()

    @property
    def filing(self) -> Filing | None:
        """The latest filing at the door where the case stands."""
        return self.filing_at(self.door) if self.door else None

    def filing_at(self, door: Door) -> Filing | None:
        return next((f for f in reversed(self.filings) if f.door is door), None)

    @property
    def offer(self) -> Offer | None:
        """The open offer, if one waits for the consumer."""
        return next((o for o in reversed(self.offers) if o.accepted is None), None)

    @property
    def promise(self) -> Promise | None:
        """The open promise, if one has still to be kept."""
        return next((p for p in reversed(self.promises) if p.kept is None), None)

    @property
    def pause(self) -> Interval | None:
        return next((p for p in reversed(self.pauses) if p.until is None), None)

    @property
    def question(self) -> Question | None:
        """The blocking question that waits for the consumer, if any."""
        return next((q for q in reversed(self.questions) if q.blocking), None)

    def code(self, way: Way) -> Code | None:
        """The latest that was sent this way, and alone opens."""
        return next((code for code in reversed(self.codes) if code.way is way), None)

    @property
    def merchant_generation(self) -> int:
        """A demand that goes out by mail brings a link with it; others are made by hand, at the
        moments of `merchant_links`.
        """
        return sum(bool(f.linked) for f in self.filings) + len(self.merchant_links)

    @property
    def merchant_link(self) -> int | None:
        """The generation that leads to the case, if one does."""
        last = self.merchant_generation
        return last if last and last not in self.merchant_links_revoked else None

    @property
    def report_owed(self) -> bool:
        report = self.filing_at(Door.REPORT)
        return report is not None and report.owed

    @property
    def may_forward(self) -> bool:
        """The consumer gave the mandate and agreed that the merchant sees the complaint."""
        return {Consent.MANDATE, Consent.SHARE_WITH_MERCHANT} <= self.complaint.consents
