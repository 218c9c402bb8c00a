"""News for the pages that are open: one connection of this process hears PostgreSQL, and each
stream is told what its seat may hear. No policy filters a notification, so this does."""

import asyncio
import re
import secrets
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final, Never
from uuid import UUID

from infra.database import DatabaseAway
from infra.listening import listen
from services.cases import news
from services.cases.news import About, News, SessionEnded, may_hear
from services.tenants.seats import Seat
from web.telling import STREAMS

KEPT: Final = 300
"""News that a stream may still ask for after a gap; what is older is not told one by one."""
WAITING_MAX: Final = 200
STREAMS_MAX: Final = 6
"""Of one session: browsers open no more of them to one host over HTTP/1.1 either."""
AGAIN_SECONDS: Final = 1
MARK: Final = re.compile(r"([0-9a-f]{8})-([0-9]{1,12})")


@dataclass(slots=True, kw_only=True)
class Batch:
    """What a stream has to tell next; `refresh`: more than can be told, so look again."""

    numbers: dict[About, dict[str, None]] = field(
        default_factory=lambda: {about: {} for about in About}
    )
    refresh: bool = False

    def __bool__(self) -> bool:
        return self.refresh or any(self.numbers.values())


@dataclass(eq=False, slots=True, kw_only=True)
class Stream:
    """What one page has not been told yet: of each case once, however often it changed. It is
    over when nothing can be heard any more, or (`left`) when the session ended."""

    seat: Seat
    session: str
    batch: Batch = field(default_factory=Batch)
    over: bool = False
    left: bool = False
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, item: News) -> None:
        if not may_hear(self.seat, item):
            return
        waiting = self.batch.numbers[item.about]
        waiting[item.number] = None
        if len(waiting) > WAITING_MAX:
            self.lose_track()
        self.stirred.set()

    def lose_track(self) -> None:
        self.batch = Batch(refresh=True)
        self.stirred.set()

    def end(self, *, left: bool) -> None:
        self.over, self.left = True, left
        self.stirred.set()

    def take(self) -> Batch:
        self.stirred.clear()
        taken, self.batch = self.batch, Batch()
        return taken

    async def stir(self, seconds: float) -> None:
        """Until there is something to tell, or so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.stirred.wait()


@dataclass(slots=True, kw_only=True)
class House:
    """The news of one organisation, numbered for itself: nobody counts what others do."""

    told: int = 0
    recent: deque[tuple[int, News]] = field(default_factory=lambda: deque(maxlen=KEPT))
    streams: set[Stream] = field(default_factory=set)

    def tell(self, item: News) -> None:
        self.told += 1
        self.recent.append((self.told, item))
        for stream in self.streams:
            stream.put(item)

    def catch_up(self, stream: Stream, since: int) -> None:
        oldest = self.recent[0][0] if self.recent else self.told + 1
        if not oldest - 1 <= since <= self.told:
            stream.lose_track()
            return
        for at, item in self.recent:
            if at > since:
                stream.put(item)


@dataclass(slots=True, kw_only=True)
class Hub:
    """`epoch` names the connection that hears. Without one nothing is heard, and nobody is left
    to think that they would be told."""

    epoch: str = ""
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    houses: dict[UUID, House] = field(default_factory=lambda: defaultdict(House))

    async def hear(self, url: str) -> Never:
        """For as long as the process lives, again after every loss."""
        while True:
            try:
                with suppress(DatabaseAway):
                    await listen(url, news.CHANNEL, self.heard)
            finally:
                self.fall_silent()
            await asyncio.sleep(AGAIN_SECONDS)

    def heard(self, told: str) -> None:
        """Nothing is what the connection says when it begins."""
        match news.read(told) if told else None:
            case None:
                self.epoch = secrets.token_hex(4)
                self.awake.set()
            case SessionEnded(tenant=tenant, session=session):
                self.end(tenant, session)
            case News() as item:
                self.houses[item.tenant].tell(item)

    def fall_silent(self) -> None:
        """What comes meanwhile is missed, so that the marks of this connection say no more."""
        self.epoch = ""
        self.awake.clear()
        for house in self.houses.values():
            for stream in house.streams:
                stream.end(left=False)
        self.houses.clear()

    def end(self, tenant: UUID, session: str) -> None:
        for stream in self.houses[tenant].streams:
            if stream.session == session:
                stream.end(left=True)

    def mark(self, tenant: UUID) -> str:
        """Up to where this organisation's news has been heard."""
        return f"{self.epoch}-{self.houses[tenant].told}" if self.epoch else ""

    def has_room(self, tenant: UUID, session: str) -> bool:
        theirs = (one.session == session for one in self.houses[tenant].streams)
        return sum(theirs) < STREAMS_MAX

    @contextmanager
    def open(self, seat: Seat, *, session: str, since: str) -> Iterator[Stream]:
        """Tells first what came after the mark `since`."""
        stream, house = Stream(seat=seat, session=session), self.houses[seat.tenant]
        if since:
            mark = MARK.fullmatch(since)
            house.catch_up(stream, int(mark[2]) if mark and mark[1] == self.epoch else -1)
        house.streams.add(stream)
        try:
            with STREAMS.track_inprogress():
                yield stream
        finally:
            house.streams.discard(stream)
