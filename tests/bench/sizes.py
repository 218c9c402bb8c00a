"""How much is measured: enough for figures that mean something, or just enough to see it run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """`presses` and `reads` are of one round, for one user as for eight together. Bells begin to
    ring `settling` seconds after their cases are sent, and bursts are `gap` seconds apart.
    """

    rounds: int = 5
    presses: int = 96
    reads: int = 120
    few: int = 1_000
    many: int = 100_000
    bells: int = 50
    midnight: int = 1_000
    rates: tuple[float, ...] = (0.25, 0.5, 0.75)
    seconds: float = 20
    settling: float = 45
    gap: float = 40


WHOLE = Sizes()
TINY = Sizes(
    rounds=1,
    presses=8,
    reads=8,
    few=60,
    many=120,
    bells=4,
    midnight=2,
    rates=(0.5,),
    seconds=2,
    settling=5,
    gap=3,
)
