"""What people typed stands in statements that can be erased; events hold their id and digest."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from uuid_utils.compat import uuid7

from services.lifecycle.events import Event
from services.lifecycle.facts import Words

T = TypeVar("T")
SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """`kind` is the path of the words in their event, such as `complaint.consumer.name`."""

    id: UUID
    kind: str
    salt: bytes
    text: str


def digest(salt: bytes, text: str) -> str:
    return hashlib.sha256(salt + text.encode()).hexdigest()


def seal(event: Event) -> tuple[Event, tuple[Statement, ...]]:
    """The event with every new text replaced by a reference, and the texts."""
    said: list[Statement] = []

    def reference(words: Words, path: str) -> Words:
        if words.text is None or words.id:
            return words
        one = Statement(
            id=uuid7(), kind=path, salt=secrets.token_bytes(SALT_BYTES), text=words.text
        )
        said.append(one)
        return Words(text=words.text, id=one.id, digest=digest(one.salt, one.text))

    return reworded(event, reference), tuple(said)


def filled(value: T, texts: Mapping[UUID, str | None]) -> T:
    """With the texts of its statements; what was erased stays None."""
    return reworded(
        value, lambda words, _: replace(words, text=texts.get(words.id) if words.id else words.text)
    )


def reworded(value: T, change: Callable[[Words, str], Words], path: str = "") -> T:
    """The same facts, each `Words` in them changed."""
    found: Any = value
    match found:
        case Words():
            found = change(found, path)
        case tuple():
            found = tuple(reworded(each, change, path) for each in found)
        case _ if is_dataclass(found) and not isinstance(found, type):
            changes = {
                field.name: new
                for field in fields(found)
                if (old := getattr(found, field.name)) is not None
                and (new := reworded(old, change, f"{path}.{field.name}".lstrip("."))) is not old
            }
            found = replace(found, **changes) if changes else found
    result: T = found
    return result


def words_in(value: Any) -> tuple[Words, ...]:
    found: list[Words] = []

    def note(words: Words, _: str) -> Words:
        found.append(words)
        return words

    reworded(value, note)
    return tuple(found)
