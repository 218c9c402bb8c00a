"""What is asked for against what was offered."""

from dataclasses import dataclass
from decimal import Decimal

from services.lifecycle.case import Case
from services.lifecycle.facts import Demand, Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Sums as the parties wrote them; nobody has judged them. Every offer stays as it was."""

    demands: tuple[Demand, ...]
    asked: Decimal | None
    latest: Offer | None
    earlier: tuple[Offer, ...]

    @property
    def apart(self) -> Decimal | None:
        if self.asked is None or self.latest is None or self.latest.amount is None:
            return None
        return max(self.asked - self.latest.amount, Decimal(0))

    @property
    def share(self) -> int | None:
        """How much of what is asked for was offered, in whole hundredths."""
        if self.apart is None or not self.asked:
            return None
        return min(int(100 - 100 * self.apart / self.asked), 100)


def gap(case: Case) -> Gap:
    sums = [demand.amount for demand in case.complaint.demands if demand.amount is not None]
    return Gap(
        demands=case.complaint.demands,
        asked=sum(sums, Decimal(0)) if sums else case.complaint.order.amount,
        latest=case.offers[-1] if case.offers else None,
        earlier=case.offers[-2::-1],
    )
