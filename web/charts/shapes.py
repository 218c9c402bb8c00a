"""What a picture consists of. A template prints these and computes nothing."""

from dataclasses import dataclass

SIZE = 13.0
"""Of the letters, in units of the picture: each width of a page has a drawing of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """`kind` says which look of the style sheet: a number of a series, or late, today, soon."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    points: tuple[tuple[float, float], ...]
    kind: str

    @property
    def d(self) -> str:
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """`at` is where `x` lies in it: start, middle or end."""

    x: float
    y: float
    words: str
    at: str = "start"
    kind: str = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    width: float
    height: float
    rules: tuple[Path, ...] = ()
    boxes: tuple[Box, ...] = ()
    paths: tuple[Path, ...] = ()
    dots: tuple[Box, ...] = ()
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """A number under its name. `shown` is how it is written; `kind` only where it means time."""

    name: str
    value: float
    shown: str = ""
    kind: str = "1"

    @property
    def written(self) -> str:
        return self.shown or written(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One value for each name of the axis; None where there is none."""

    name: str
    values: tuple[float | None, ...]
    kind: str = ""


def written(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def rule(x1: float, y1: float, x2: float, y2: float, kind: str = "grid") -> Path:
    return Path(points=((x1, y1), (x2, y2)), kind=kind)
