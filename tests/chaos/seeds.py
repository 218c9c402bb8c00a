"""Six bugs by name: each must be reported, or a clean result says nothing."""

from copy import deepcopy
from datetime import timedelta
from uuid import UUID, uuid4

from tests.chaos.world import World


def an_event_dropped(world: World) -> None:
    world.tables["case_event"].pop()


def an_event_applied_twice(world: World) -> None:
    events = world.tables["case_event"]
    last = deepcopy(events[-1])
    last["seq"] += 1
    events.append(last)


def an_effect_marked_before_it_was_sent(world: World) -> None:
    """The process died between marking and sending: the letter is told as sent, and is nowhere."""
    sent = next(row for row in world.tables["notice"] if row["state"] == "sent")
    world.mails = [mail for mail in world.mails if mail != sent["message_id"]]


def a_bell_one_second_early(world: World) -> None:
    rung = next(row for row in world.tables["case_event"] if row["body"].get("bell"))
    due = rung["body"]["due"]
    rung["at"] = type(rung["at"]).fromisoformat(due) - timedelta(seconds=1)


def a_key_containing_the_run_id(world: World) -> None:
    """A rebuilt workflow has another run id, so the same bell comes in under another command."""
    rung = next(row for row in world.tables["case_event"] if row["body"].get("bell"))
    file = next(row for row in world.tables["case_file"] if row["id"] == rung["case_id"])
    again = deepcopy(rung)
    again["seq"], again["command_id"] = file["version"] + 1, uuid4()
    file["version"] += 1
    world.tables["case_event"].append(again)
    command = next(row for row in world.tables["command"] if row["id"] == rung["command_id"])
    world.tables["command"].append({**command, "id": again["command_id"]})


def a_write_under_the_wrong_tenant(world: World) -> None:
    world.tables["case_event"][-1]["tenant_id"] = UUID(int=7)


SEEDS = (
    an_event_dropped,
    an_event_applied_twice,
    an_effect_marked_before_it_was_sent,
    a_bell_one_second_early,
    a_key_containing_the_run_id,
    a_write_under_the_wrong_tenant,
)
