"""Events are chained per case: each hash covers the one before it, so nothing can be changed,
dropped or moved unseen.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


def genesis(tenant: UUID, case_id: UUID) -> bytes:
    """What the first event is chained to: a chain belongs to its case and tenant."""
    return hashlib.sha256(f"{tenant}/{case_id}".encode()).digest()


def link(
    prev: bytes,
    *,
    seq: int,
    kind: str,
    at: datetime,
    actor: str,
    role: str,
    command_id: UUID,
    body: Mapping[str, Any],
) -> bytes:
    said = {
        "seq": seq,
        "kind": kind,
        "at": at.astimezone(UTC).isoformat(),
        "actor": actor,
        "role": role,
        "command_id": str(command_id),
        "body": body,
    }
    return hashlib.sha256(prev + canonical(said)).digest()


def canonical(value: Any) -> bytes:
    """One way to write it: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()
