"""Where a page of the queue ended: the place of its last row."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from uuid import UUID


class BadCursor(ValueError):
    """Not one that we gave out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """`due` is the date that the list is in order of: of what is over, when it was closed."""

    paused: bool
    due: datetime | None
    id: UUID

    def write(self) -> str:
        due = self.due.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ") if self.due else ""
        return f"{due}{'~' if self.paused else ''}~{self.id.hex}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises `BadCursor`."""
        due, _, rest = text.partition("~")
        id_ = rest.removeprefix("~")
        try:
            moment = datetime.fromisoformat(due) if due else None
            found = cls(paused=id_ != rest, due=moment, id=UUID(id_))
        except ValueError:
            raise BadCursor from None
        if moment and moment.tzinfo is None:
            raise BadCursor
        return found
