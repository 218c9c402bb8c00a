"""From what the ledger knows to the shapes that programs are answered with."""

from typing import Any

from services.cases.queries import CaseView, EventView, QueueRow
from services.cases.receipts import Receipt
from services.lifecycle.bells import Bell
from services.lifecycle.case import Case
from services.lifecycle.events import Event, EvidenceAdded
from services.lifecycle.facts import Filing, Words
from services.lifecycle.playbook import Playbook
from services.lifecycle.reading import Fault
from services.lifecycle.wire import WireFaults, plain
from web.api.shapes import (
    AgendaItem,
    CaseAnswer,
    Demanded,
    EventAnswer,
    EvidenceAnswer,
    FilingAnswer,
    FilingNow,
    OfferAnswer,
    Parties,
    PromiseAnswer,
)


def case_answer(view: CaseView) -> CaseAnswer:
    case, complaint = view.case, view.case.complaint
    return CaseAnswer(
        number=view.number,
        stage=case.stage,
        filing=filing_now(case),
        ball=case.ball,
        version=case.version,
        platform=complaint.platform,
        problem=complaint.problem,
        purpose=complaint.order.purpose,
        playbook={"id": case.playbook.id, "version": case.playbook.version},
        filed_at=case.filed_at,
        facts=complaint.facts.text,
        demands=tuple(Demanded(kind=d.kind, amount=d.amount) for d in complaint.demands),
        parties=Parties(consumer=texts(complaint.consumer), merchant=texts(complaint.merchant)),
        filings=tuple(filing_answer(f) for f in case.filings),
        offers=offers(case),
        promises=promises(case),
        evidence=evidence(view),
        outcome=case.outcome,
        agenda=agenda_answer(view.agenda),
    )


def evidence(view: CaseView) -> tuple[EvidenceAnswer, ...]:
    told = {each.seq: each for each in view.events}
    return tuple(
        EvidenceAnswer(
            no=no,
            id=piece.id,
            kind=piece.kind,
            size=piece.size,
            sha256=piece.sha256,
            name=name_of(told[piece.seq].event),
            received_at=told[piece.seq].at,
            received_from=told[piece.seq].role,
        )
        for no, piece in enumerate(view.case.evidence, 1)
    )


def name_of(event: Event) -> str | None:
    return event.name.text if isinstance(event, EvidenceAdded) else None


def filing_now(case: Case) -> FilingNow:
    filing = case.filing
    return FilingNow(rung=case.door, state=filing.state if filing else None)


def agenda_answer(bells: tuple[Bell, ...]) -> tuple[AgendaItem, ...]:
    return tuple(
        AgendaItem(
            key=bell.key,
            at=bell.due,
            kind=bell.kind,
            rung=bell.door,
            because=bell.rule,
            provisional=bell.provisional,
            moves_to=bell.moves_to,
        )
        for bell in bells
    )


def filing_answer(filing: Filing) -> FilingAnswer:
    return FilingAnswer(
        rung=filing.door,
        state=filing.state,
        hand=filing.hand,
        capacity=filing.capacity,
        channel=filing.channel,
        before_us=filing.before_us,
        opened_at=filing.opened_at,
        sent_on=iso(filing.sent_on),
        their_number=said(filing.their_number),
        their_date=iso(filing.their_date),
        verdict=filing.verdict,
    )


def offers(case: Case) -> tuple[OfferAnswer, ...]:
    return tuple(
        OfferAnswer(
            offer=o.seq,
            party=o.party,
            amount=o.amount,
            terms=said(o.terms),
            fulfil_by=o.fulfil_by.isoformat(),
            accepted=o.accepted,
        )
        for o in case.offers
    )


def promises(case: Case) -> tuple[PromiseAnswer, ...]:
    return tuple(
        PromiseAnswer(
            promise=p.seq,
            promisor=p.promisor,
            amount=p.amount,
            what=said(p.what),
            due_on=p.due_on.isoformat(),
            kept=p.kept,
        )
        for p in case.promises
    )


def said(words: Words | None) -> str | None:
    return words.text if words else None


def iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def texts(party: Any) -> dict[str, str | None]:
    """The words of a party; those erased, or not for this reader, are null."""
    return {name: said(getattr(party, name)) for name in party.__slots__}


def event_answer(view: EventView) -> EventAnswer:
    return EventAnswer(
        seq=view.seq, event=view.kind, at=view.at, role=view.role, facts=in_words(view.event)
    )


def in_words(event: Any) -> dict[str, Any]:
    """The facts of an event with the texts that its words stand for."""
    facts: dict[str, Any] = plain(event)
    for name in facts:
        match getattr(event, name, None):
            case Words(text=text):
                facts[name] = text
    return facts


def receipt_answer(receipt: Receipt) -> dict[str, Any]:
    filing = FilingNow(rung=receipt.filing.door, state=receipt.filing.state)
    return {
        "number": receipt.number,
        "version": receipt.version,
        "stage": receipt.stage,
        "filing": filing,
        "ball": receipt.ball,
        "events": receipt.events,
    }


def row_answer(row: QueueRow) -> dict[str, Any]:
    """As much of a case as whoever asks may see in the queue."""
    known = {"number": row.number, "problem": row.problem, "rung": row.door, "due": row.next_due}
    if row.whole is None:
        return known
    whole = row.whole
    return {
        **known,
        "title": whole.title,
        "stage": whole.stage,
        "filing": FilingNow(rung=row.door, state=whole.filing_state),
        "ball": whole.ball,
        "version": whole.version,
        "platform": whole.platform,
        "overdue_since": row.overdue_since,
    }


def playbook_answer(playbook: Playbook) -> dict[str, Any]:
    return {
        "id": playbook.id,
        "version": playbook.version,
        "title": {"zh": playbook.title.zh, "en": playbook.title.en},
        "demo": playbook.demo,
        "rungs": [rung.id for rung in playbook.rungs],
    }


def whole_limit(text: str, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= most:
        raise WireFaults([Fault(path="limit", code="out_of_range", expected=f"1 to {most}")])
    return int(text)


def whole_after(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise WireFaults([Fault(path="after", code="not_a_int")])
    return int(text)
