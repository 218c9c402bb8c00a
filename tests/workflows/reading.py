"""What a history says: its payloads are base64, its timers carry a summary."""

import base64
import json
from collections.abc import Iterator
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory

OVER = (EventType.EVENT_TYPE_TIMER_FIRED, EventType.EVENT_TYPE_TIMER_CANCELED)


def spoken(history: WorkflowHistory) -> str:
    """All of it as text, with what the payloads hold."""
    return history.to_json() + "".join(payloads(json.loads(history.to_json())))


def payloads(node: Any) -> Iterator[str]:
    match node:
        case {"data": str(data), "metadata": _}:
            yield base64.b64decode(data).decode("utf-8", "replace")
        case dict():
            for each in node.values():
                yield from payloads(each)
        case list():
            for each in node:
                yield from payloads(each)
        case _:
            return


def timers(history: WorkflowHistory) -> Iterator[tuple[str, int]]:
    """The summary of each timer, and how many run once it has begun."""
    running = 0
    for event in history.events:
        if event.event_type == EventType.EVENT_TYPE_TIMER_STARTED:
            running += 1
            yield json.loads(event.user_metadata.summary.data), running
        running -= event.event_type in OVER


def activities(history: WorkflowHistory) -> int:
    return sum(
        event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED for event in history.events
    )
