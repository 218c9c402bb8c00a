"""The ledger check: nothing lost, twice or early. It shares no code with the ledger."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from tests.chaos.world import Row, World

CLASSES = (
    "lost",
    "phantom",
    "resurrected",
    "doubled",
    "unsettled",
    "broken order",
    "stranded",
    "deadlines",
    "messages",
    "audit",
    "tenants",
)
CLOCK_ROLE = "clock"
NOT_LATE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Finding:
    kind: str
    what: str


def check(world: World, *, now: datetime | None = None) -> list[Finding]:
    """`now` is the ledger's clock, once everything is quiet."""
    moment = now or datetime.now(UTC)
    return [
        *against_the_journal(world),
        *doubled(world),
        *order(world),
        *stranded(world),
        *deadlines(world, moment),
        *messages(world),
        *tenants(world),
    ]


def report(findings: list[Finding]) -> str:
    """One line for each class, found or not."""
    counts = Counter(finding.kind for finding in findings)
    lines = [f"{kind:<14} {counts[kind]}" for kind in CLASSES]
    return "\n".join([*lines, *(f"  {f.kind}: {f.what}" for f in findings[:20])])


def against_the_journal(world: World) -> Iterator[Finding]:
    stored = {row["id"] for row in world.tables["command"]}
    told = {row["command_id"] for row in world.tables["case_event"]}
    for entry in world.journal:
        done = entry.command_id in stored
        match entry.outcome:
            case "ok" if not done:
                yield Finding("lost", f"{entry.op} {entry.key}")
            case "ok" if entry.command_id not in told:
                yield Finding("audit", f"{entry.op} {entry.key} left no event")
            case "fail" if done:
                yield Finding("resurrected", f"{entry.op} {entry.key}")
            case "unknown":
                yield Finding("unsettled", f"{entry.op} {entry.key}")
    asked = {entry.command_id for entry in world.journal}
    for row in world.tables["case_event"]:
        if row["role"] != CLOCK_ROLE and row["command_id"] not in asked:
            yield Finding("phantom", f"{row['kind']} of case {row['case_id']}")


def doubled(world: World) -> Iterator[Finding]:
    for command, cases in several(world.tables["case_event"], "command_id", "case_id"):
        yield Finding("doubled", f"command {command} in {cases} cases")
    rung = [
        {"bell": (row["case_id"], row["body"]["bell"]), "command_id": row["command_id"]}
        for row in world.tables["case_event"]
        if row["body"].get("bell")
    ]
    for bell, times in several(rung, "bell", "command_id"):
        yield Finding("doubled", f"bell {bell} under {times} keys")
    events = Counter(
        (row["case_id"], row["command_id"], row["kind"], str(sorted(row["body"].items())))
        for row in world.tables["case_event"]
    )
    for (case, _, kind, _), times in events.items():
        if times > 1:
            yield Finding("doubled", f"{kind} of case {case} {times} times")


def several(rows: list[Row], key: str, counted: str) -> Iterator[tuple[object, int]]:
    found: dict[object, set[object]] = {}
    for row in rows:
        found.setdefault(row[key], set()).add(row[counted])
    return ((name, len(values)) for name, values in found.items() if len(values) > 1)


def order(world: World) -> Iterator[Finding]:
    """No gap, each event chained to the one before, and the row knows the last."""
    for file in world.tables["case_file"]:
        events = sorted(world.of_case("case_event", file["id"]), key=lambda row: row["seq"])
        if [row["seq"] for row in events] != list(range(1, file["version"] + 1)):
            yield Finding("broken order", f"{file['number']}: a gap, or a row behind its events")
        for before, after in pairwise(events):
            if after["prev_hash"] != before["hash"]:
                yield Finding("broken order", f"{file['number']}: chain at {after['seq']}")
        if events and events[-1]["hash"] != file["head_hash"]:
            yield Finding("broken order", f"{file['number']}: the row's head is another")
    known = {file["id"] for file in world.tables["case_file"]}
    for row in world.tables["case_event"]:
        if row["case_id"] not in known:
            yield Finding("broken order", f"an event of no case: {row['case_id']}")


def stranded(world: World) -> Iterator[Finding]:
    for row in world.tables["outbox"]:
        if row["sent_at"] is None:
            yield Finding("stranded", f"outbox {row['id']}")
    for row in world.tables["wake"]:
        if not row["closed"] and row["plan_seq"] != row["seq"]:
            yield Finding("stranded", f"case {row['case_id']}: the clock read {row['plan_seq']}")


def deadlines(world: World, now: datetime) -> Iterator[Finding]:
    for row in world.tables["case_event"]:
        due = row["body"].get("due")
        if row["body"].get("bell") and row["at"] < datetime.fromisoformat(due):
            yield Finding("deadlines", f"{row['body']['bell']} rang early")
    for row in world.tables["deadline"]:
        if row["wake_at"] < now - NOT_LATE:
            yield Finding("deadlines", f"{row['key']} is due and did not ring")


def messages(world: World) -> Iterator[Finding]:
    """What is told as sent lies in the sink; what lies in the sink is told as sent."""
    taken = Counter(world.mails)
    told = {row["message_id"] for row in world.tables["notice"] if row["state"] == "sent"}
    for row in world.tables["notice"]:
        if row["state"] == "sent" and not taken[row["message_id"]]:
            yield Finding("messages", f"{row['letter']} is told as sent and never was")
        if row["state"] in ("queued", "sending"):
            yield Finding("messages", f"{row['letter']} still waits")
    for mail in taken.keys() - told:
        yield Finding("messages", f"{mail} was sent and is not told")


def tenants(world: World) -> Iterator[Finding]:
    for name, rows in world.tables.items():
        for row in rows:
            if row["tenant_id"] != world.tenant:
                yield Finding("tenants", f"{name} of {row['tenant_id']}")
