"""Lying bars, plain and stacked: names of any length, numbers beside them, from zero."""

from collections.abc import Sequence

from web.charts.key import Key, kinds
from web.charts.room import GAP, THICK, Room
from web.charts.scale import Scale
from web.charts.shapes import Box, Datum, Drawing, Series, Text, written


def bars(data: Sequence[Datum], *, width: float) -> Drawing:
    """Names before the bars; on a narrow page above them."""
    room = Room.of([each.name for each in data], [each.written for each in data], width=width)
    most = max((each.value for each in data), default=0.0) or 1.0
    scale = Scale(low=0, high=most, start=room.left, end=room.right)
    boxes = tuple(
        Box(
            x=room.left,
            y=room.top(n),
            width=scale(each.value) - room.left,
            height=THICK,
            kind=each.kind,
        )
        for n, each in enumerate(data)
    )
    numbers = [
        Text(x=scale(each.value) + GAP, y=room.line(n), words=each.written, kind="number")
        for n, each in enumerate(data)
    ]
    return room.drawing(boxes, numbers)


def stacked(names: Sequence[str], series: Sequence[Series], *, width: float) -> Drawing:
    """Parts of a whole for each name; the number beside a bar is the whole."""
    wholes = [sum(one.values[n] or 0.0 for one in series) for n in range(len(names))]
    key = Key.of([one.name for one in series], kinds(series), width=width)
    room = Room.of(names, [written(whole) for whole in wholes], width=width, head=key.height)
    scale = Scale(low=0, high=max(wholes, default=0.0) or 1.0, start=room.left, end=room.right)
    boxes = tuple(box for n in range(len(names)) for box in parts(series, n, room, scale))
    numbers = [
        Text(x=scale(whole) + GAP, y=room.line(n), words=written(whole), kind="number")
        for n, whole in enumerate(wholes)
    ]
    return room.drawing((*key.boxes, *boxes), [*key.texts, *numbers])


def parts(series: Sequence[Series], n: int, room: Room, scale: Scale) -> list[Box]:
    found, before = [], 0.0
    for kind, one in zip(kinds(series), series, strict=True):
        value = one.values[n] or 0.0
        x, end = scale(before), scale(before + value)
        if value:
            found.append(Box(x=x, y=room.top(n), width=end - x, height=THICK, kind=kind))
        before += value
    return found
