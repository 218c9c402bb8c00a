"""From what a program sent to what the ledger takes; every fault is named with its path at once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.lifecycle import commands as c
from services.lifecycle.commands import Command
from services.lifecycle.facts import Complaint
from services.lifecycle.reading import Fault
from services.lifecycle.wire import COMMANDS, WireFaults, command_from, read
from web import reading
from web.unreadable import Unreadable

BODY_BYTES_MAX = 1024 * 1024
DEPTH_MAX = 20
NOT_BY_HAND = (c.File, c.StrikeBell, c.AddEvidence)
"""A complaint and a file have doors of their own; bells are the clock's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A complaint as it came in; `playbook` is the id that the program chose, if it chose one."""

    complaint: Complaint
    playbook: str | None


def parsed(body: bytes) -> dict[str, Any]:
    if len(body) > BODY_BYTES_MAX or depth(body) > DEPTH_MAX:
        raise malformed()
    try:
        found = json.loads(body.decode("utf-8"), object_pairs_hook=once, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise malformed() from error
    if not isinstance(found, dict):
        raise malformed()
    return found


def malformed() -> Unreadable:
    """No JSON object, or one that is too deep, too large, says a key twice or is not UTF-8."""
    return Unreadable("", "malformed_json")


def depth(body: bytes) -> int:
    """How deep brackets nest, strings aside; counted before anything recursive sees the body."""
    deepest = now = 0
    in_string = escaped = False
    for byte in body:
        if in_string:
            in_string = escaped or byte != 0x22
            escaped = byte == 0x5C and not escaped
        elif byte == 0x22:
            in_string = True
        elif byte in b"[{":
            now += 1
            deepest = max(deepest, now)
        elif byte in b"]}":
            now -= 1
    return deepest


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def refuse(constant: str) -> Any:
    raise ValueError(constant)


def complaint_from(body: Mapping[str, Any]) -> Filed:
    """Raises `WireFaults`. `tried[].rung` is our `door`."""
    body = dict(body)
    playbook = body.pop("playbook", None)
    faults: list[Fault] = []
    if playbook is not None and not isinstance(playbook, str):
        faults.append(Fault(path="playbook", code="not_a_text"))
    tried = body.get("tried")
    if isinstance(tried, list):
        body["tried"] = [as_door(each) for each in tried]
    try:
        complaint: Complaint = read(Complaint, {"order": {}, "merchant": {}, **body})
    except WireFaults as found:
        raise WireFaults([*faults, *map(as_rung, found.faults)]) from None
    if reading.phone(complaint.consumer.phone.text or "") is None:
        faults.append(Fault(path="consumer.phone", code="not_a_phone"))
    if faults:
        raise WireFaults(faults)
    return Filed(complaint=complaint, playbook=playbook)


def as_door(tried: Any) -> Any:
    if not isinstance(tried, dict) or "rung" not in tried:
        return tried
    return {"door" if key == "rung" else key: value for key, value in tried.items()}


def as_rung(fault: Fault) -> Fault:
    if not fault.path.startswith("tried"):
        return fault
    path = fault.path.replace(".door", ".rung")
    return Fault(path=path, code=fault.code, expected=fault.expected)


def command_of(body: Mapping[str, Any]) -> tuple[Command, int | None]:
    """The command and the version it was meant for. Raises `WireFaults`."""
    body = dict(body)
    kind, if_version = body.pop("kind", None), body.pop("if_version", None)
    faults = []
    if if_version is not None and (isinstance(if_version, bool) or not isinstance(if_version, int)):
        faults.append(Fault(path="if_version", code="not_a_int"))
    if kind not in COMMANDS or COMMANDS[kind] in NOT_BY_HAND:
        kinds = " | ".join(kind for kind, command in COMMANDS.items() if command not in NOT_BY_HAND)
        faults.append(Fault(path="kind", code="not_one_of", expected=kinds))
    if faults:
        raise WireFaults(faults)
    return command_from(kind, body), if_version
