"""Writing an entry: few statements, in the one transaction that the ledger has open."""

from functools import cache
from importlib.resources import files
from typing import Any

from infra.database import Tx
from services.cases import rows
from services.cases.merchant_links import keep_merchant_link
from services.cases.orders import Order
from services.cases.receipts import to_plain
from services.cases.record import Entry
from services.cases.rows import Row, to_bytea
from services.cases.status_links import keep_link
from services.evidence.keeping import keep
from services.lifecycle.case import Case
from services.lifecycle.wire import plain
from services.notices.post import post


async def write(tx: Tx, entry: Entry, order: Order) -> None:
    at, before, case = entry.at, entry.before, entry.case
    file, wake = rows.file_row(case, at, entry.bells), rows.wake_row(case, entry.bells, at.id)
    beside = (at.tenant, at.id, *additions(entry, order))
    if before is None:
        await tx.execute(sql("open"), file)
        await tx.execute(
            sql("open_with"),
            *beside,
            filings(before, case),
            news(entry, order),
            wake,
            entry.searched,
        )
    else:
        folds = filings(before, case), offers(before, case), promises(before, case)
        await tx.execute(
            sql("go_on"), *beside, *folds, news(entry, order), wake, file, entry.searched
        )
    known = len(before.evidence) if before else 0
    await keep(tx, case.evidence[known:], tenant=at.tenant, case=at.id)
    await post(tx, entry.notices, tenant=at.tenant, case_id=at.id, now=at.updated_at)
    await keep_link(tx, before, case, tenant=at.tenant, case_id=at.id)
    ends = entry.merchant_link_ends
    await keep_merchant_link(tx, before, case, tenant=at.tenant, case_id=at.id, ends=ends)


@cache
def sql(name: str) -> str:
    return (files("services.cases") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def additions(entry: Entry, order: Order) -> tuple[Any, ...]:
    at = entry.at
    return (
        events(entry, order),
        command(entry, order),
        statements(entry),
        rows.deadline_rows(entry.bells, tenant=at.tenant, case_id=at.id),
    )


def events(entry: Entry, order: Order) -> list[Row]:
    return [
        {
            "seq": told.seq,
            "kind": told.kind,
            "at": plain(entry.at.updated_at),
            "actor": order.seat.actor,
            "role": order.seat.role.value,
            "command_id": str(order.command_id),
            "body": told.body,
            "prev_hash": to_bytea(told.prev),
            "hash": to_bytea(told.hash),
        }
        for told in entry.told
    ]


def command(entry: Entry, order: Order) -> Row:
    return {
        "id": str(order.command_id),
        "content_hash": to_bytea(order.content_hash),
        "receipt": to_plain(entry.receipt),
        "at": plain(entry.at.updated_at),
    }


def statements(entry: Entry) -> list[Row]:
    return [
        {"id": str(one.id), "kind": one.kind, "salt": to_bytea(one.salt), "text": one.text}
        for one in entry.statements
    ]


def filings(before: Case | None, after: Case) -> list[Row]:
    return rows.changed(before.filings if before else (), after.filings, rows.filing_row)


def offers(before: Case, after: Case) -> list[Row]:
    return rows.changed(before.offers, after.offers, rows.offer_row)


def promises(before: Case, after: Case) -> list[Row]:
    return rows.changed(before.promises, after.promises, rows.promise_row)


def news(entry: Entry, order: Order) -> list[Row]:
    """For the clock, unless it did this itself: the case changed up to here; and each letter that
    can go out.
    """
    case = {"kind": "case", "ref": None, "seq": entry.case.version}
    letters = (
        {"kind": "notice", "ref": str(notice.id), "seq": notice.seq}
        for notice in entry.notices
        if not notice.held
    )
    return [*letters] if order.heard else [case, *letters]
