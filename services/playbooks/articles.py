"""The articles of law that playbooks go by: those that we have read, and may cite."""

from collections.abc import Iterable

from services.lifecycle.playbook import Clock, Playbook


def articles(books: Iterable[Playbook]) -> frozenset[str]:
    """As playbooks note them: "消费者权益保护法 24"."""
    found: set[str] = set()
    for book in books:
        found |= {article for demand in book.demands for article in demand.basis}
        found |= {clock.basis for clock in clocks(book) if clock.basis}
    return frozenset(found)


def clocks(book: Playbook) -> Iterable[Clock]:
    for rung in book.rungs:
        yield from (rung.wait, *rung.clocks)
    yield from (window.clock for window in book.windows)
