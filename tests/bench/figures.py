"""What is measured: our figure, its bare limit of the same run, and what we promise of it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from tests.bench.promises import PROMISES, Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`bare` is the least that the same work costs without us. `name` is how a promise finds it."""

    name: str
    ours: float
    unit: str
    bare: float | None = None

    @property
    def times(self) -> float | None:
        return self.ours / self.bare if self.bare else None

    @property
    def promise(self) -> Promise | None:
        return PROMISES.get(self.name)

    @property
    def kept(self) -> bool | None:
        """None where nothing was promised."""
        promise = self.promise
        if promise is None:
            return None
        value = self.times if promise.of_bare else self.ours
        return value is not None and promise.is_kept_by(value)

    def plain(self) -> dict[str, Any]:
        promise = str(self.promise) if self.promise else None
        return {**asdict(self), "times": self.times, "promise": promise, "kept": self.kept}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One round of many requests. `cpu` is what the serving process used, in ms a request."""

    p50: float
    p95: float
    rate: float
    cpu: float = 0.0


def run_of(milliseconds: Sequence[float], *, wall_seconds: float, cpu_seconds: float = 0.0) -> Run:
    count = len(milliseconds)
    return Run(
        p50=percentile(milliseconds, 50),
        p95=percentile(milliseconds, 95),
        rate=count / wall_seconds,
        cpu=cpu_seconds * 1000 / count,
    )


def percentile(values: Sequence[float], per_cent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) * per_cent // 100, len(ordered) - 1)]


def middle(runs: Sequence[Run]) -> Run:
    """The median of each figure, over the rounds."""
    return Run(
        p50=median(run.p50 for run in runs),
        p95=median(run.p95 for run in runs),
        rate=median(run.rate for run in runs),
        cpu=median(run.cpu for run in runs),
    )


def figures(name: str, ours: Run, bare: Run | None = None) -> Iterable[Figure]:
    """How long, how long at worst, how many a second, and at which cost."""
    yield Figure(name=f"{name}: p50", ours=ours.p50, unit="ms", bare=bare.p50 if bare else None)
    yield Figure(name=f"{name}: p95", ours=ours.p95, unit="ms", bare=bare.p95 if bare else None)
    yield Figure(name=f"{name}: rate", ours=ours.rate, unit="/s", bare=bare.rate if bare else None)
    if ours.cpu:
        yield Figure(name=f"{name}: CPU of the server", ours=ours.cpu, unit="ms")


def table(found: Iterable[Figure]) -> str:
    rows = [("", "ours", "bare", "times", "promise", "")]
    rows += [line(each) for each in found]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, 4, 5) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def line(figure: Figure) -> tuple[str, str, str, str, str, str]:
    verdict = {None: "", True: "ok", False: "OVER"}[figure.kept]
    return (
        figure.name,
        f"{figure.ours:,.2f} {figure.unit}",
        f"{figure.bare:,.2f} {figure.unit}" if figure.bare is not None else "",
        f"{figure.times:.2f}" if figure.times is not None else "",
        str(figure.promise or ""),
        verdict,
    )
