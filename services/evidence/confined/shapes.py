"""What the confined process tells: how many pages there are, and the pixels of some of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`all` pages, of which only the first are drawn."""

    all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A WebP; `no` counts from one, and `COVER` is the small one of the first."""

    no: int
    width: int
    height: int
    body: bytes
