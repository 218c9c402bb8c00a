"""What bounds a viewing copy, and why a file has none. Known on both sides of the pipe."""

from enum import StrEnum
from typing import Final

SIDE_MAX: Final = 2000
"""Pixels of the longer side of a picture."""
SMALL: Final = 480
"""The same of the small one that stands in lists; its number is `COVER`."""
COVER: Final = 0
PAGES_MAX: Final = 10
PIXELS_MAX: Final = 50_000_000
PICTURE_BYTES_MAX: Final = 6 * 1024 * 1024


class Unseen(StrEnum):
    """Why a file cannot be shown; the original is kept all the same."""

    BROKEN = "broken"
    LOCKED = "locked"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    GIVEN_UP = "given_up"


class CannotShow(Exception):
    def __init__(self, why: Unseen) -> None:
        super().__init__(why.value)
        self.why = why
