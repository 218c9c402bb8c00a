"""The checker is worth as much as the bugs that it finds."""

import hashlib
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.chaos.checker import check
from tests.chaos.seeds import (
    SEEDS,
    a_bell_one_second_early,
    a_key_containing_the_run_id,
    a_write_under_the_wrong_tenant,
    an_effect_marked_before_it_was_sent,
    an_event_applied_twice,
    an_event_dropped,
)
from tests.chaos.world import Entry, World

TENANT, CASE = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
FOUND_AS = {
    an_event_dropped: "broken order",
    an_event_applied_twice: "doubled",
    an_effect_marked_before_it_was_sent: "messages",
    a_bell_one_second_early: "deadlines",
    a_key_containing_the_run_id: "doubled",
    a_write_under_the_wrong_tenant: "tenants",
}


def event(seq: int, kind: str, *, role: str, command: UUID, **body: Any) -> dict[str, Any]:
    hashes = [hashlib.sha256(str(n).encode()).digest() for n in (seq - 1, seq)]
    return {
        "tenant_id": TENANT,
        "case_id": CASE,
        "seq": seq,
        "kind": kind,
        "at": NOON + timedelta(seconds=seq),
        "role": role,
        "command_id": command,
        "body": body,
        "prev_hash": hashes[0],
        "hash": hashes[1],
    }


def sound() -> World:
    """One case: filed and noted by people, then a bell, and a mail that was sent."""
    filed, noted, struck = uuid4(), uuid4(), uuid4()
    events = [
        event(1, "filed", role="consumer", command=filed),
        event(2, "chased", role="clock", command=struck, bell="m/1", due=NOON.isoformat()),
        event(3, "noted", role="manager", command=noted, text={"id": "1"}),
    ]
    file = {"tenant_id": TENANT, "id": CASE, "number": "2026-1", "version": 3}
    letter = {"tenant_id": TENANT, "case_id": CASE, "letter": "received", "state": "sent"}
    return World(
        tenant=TENANT,
        journal=[
            Entry(key="1", command_id=filed, op="file", outcome="ok"),
            Entry(key="2", command_id=noted, op="note", outcome="ok"),
        ],
        tables={
            "case_file": [{**file, "head_hash": events[-1]["hash"]}],
            "case_event": events,
            "command": [{"tenant_id": TENANT, "id": id_} for id_ in (filed, noted, struck)],
            "deadline": [],
            "notice": [{**letter, "message_id": "<1@x>"}],
            "outbox": [{"tenant_id": TENANT, "id": 1, "sent_at": NOON}],
            "wake": [],
        },
        mails=["<1@x>"],
    )


def kinds(world: World) -> set[str]:
    return {finding.kind for finding in check(world, now=NOON)}


def test_a_sound_world_has_no_findings() -> None:
    assert kinds(sound()) == set()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.__name__)
def test_every_seeded_bug_is_reported(seed: Any) -> None:
    world = deepcopy(sound())

    seed(world)

    assert FOUND_AS[seed] in kinds(world)


def test_what_was_promised_and_is_gone_is_lost() -> None:
    world = sound()
    world.tables["command"].pop(0)

    assert "lost" in kinds(world)


def test_what_was_refused_and_happened_is_resurrected() -> None:
    world = sound()
    world.journal[1].outcome = "fail"

    assert "resurrected" in kinds(world)


def test_what_nobody_asked_for_is_a_phantom() -> None:
    world = sound()
    world.journal.pop()

    assert "phantom" in kinds(world)


def test_what_nobody_knows_is_unsettled() -> None:
    world = sound()
    world.journal[0].outcome = "unknown"

    assert "unsettled" in kinds(world)


def test_an_outbox_that_is_not_empty_is_stranded() -> None:
    world = sound()
    world.tables["outbox"][0]["sent_at"] = None

    assert "stranded" in kinds(world)
