"""Reading a mapping whole: every fault is noted with its path, and none stops the reading."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from services.lifecycle.spans import Span, SpanFault

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`path` leads to the place, `code` says what is wrong, `expected` what to write instead."""

    path: str
    code: str
    expected: str = ""


@dataclass(slots=True)
class Reader:
    """One table of a file. Keys that nobody asked for are faults too: call `done` last."""

    table: Mapping[str, Any]
    path: str
    faults: list[Fault]
    asked: set[str] = field(default_factory=set)

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def wrong(self, key: str, code: str, expected: str = "") -> None:
        self.faults.append(Fault(path=self.at(key), code=code, expected=expected))

    def raw(
        self, key: str, kind: type[T], default: T | None = None, *, needed: bool = True
    ) -> T | None:
        self.asked.add(key)
        value = self.table.get(key, default)
        if value is None:
            if needed:
                self.wrong(key, "missing", kind.__name__)
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.wrong(key, "wrong_type", kind.__name__)
            return None
        return value

    def text(self, key: str, default: str | None = None) -> str:
        value = self.raw(key, str, default) or ""
        if len(value) > 2000:
            self.wrong(key, "too_long", "2000")
        return value

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        value = self.raw(key, str, default)
        try:
            return kind(str(value or ""))
        except ValueError:
            if value is not None:
                self.wrong(key, "not_one_of", " | ".join(kind))
            return next(iter(kind))

    def choices(self, key: str, kind: type[E]) -> tuple[E, ...]:
        words: Sequence[Any] = self.raw(key, list, []) or []
        known: set[str] = set(kind)
        for n, word in enumerate(words):
            if word not in known:
                self.wrong(f"{key}[{n}]", "not_one_of", " | ".join(kind))
        return tuple(kind(word) for word in words if word in known)

    def span(self, key: str, default: str | None = None) -> Span:
        text = self.raw(key, str, default)
        try:
            return Span.parse(text if text is not None else "1 day")
        except SpanFault:
            self.wrong(key, "not_a_span", "7 working days")
            return Span.parse("1 day")

    def day(self, key: str, *, needed: bool = True) -> date | None:
        found = self.raw(key, date, needed=needed)
        if isinstance(found, datetime):
            self.wrong(key, "not_a_date", "2026-10-01")
            return None
        return found

    def inner(self, key: str, *, needed: bool = True) -> "Reader":
        table = self.raw(key, dict, {} if not needed else None)
        return Reader(table=table or {}, path=self.at(key), faults=self.faults)

    def each(self, key: str, read: Callable[["Reader"], T]) -> tuple[T, ...]:
        rows: Sequence[Any] = self.raw(key, list, []) or []
        kept = []
        for n, row in enumerate(rows):
            if not isinstance(row, dict):
                self.wrong(f"{key}[{n}]", "wrong_type", "table")
                continue
            reader = Reader(table=row, path=self.at(f"{key}[{n}]"), faults=self.faults)
            kept.append(read(reader))
            reader.done()
        return tuple(kept)

    def done(self) -> None:
        for key in self.table:
            if key not in self.asked:
                self.wrong(key, "unknown_key", ", ".join(sorted(self.asked)))
