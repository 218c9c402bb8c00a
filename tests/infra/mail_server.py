"""A real SMTP server that keeps what it accepts and can be told to refuse, to fail or to go."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
Answer = Callable[[Envelope], str]


def set_already() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


@dataclass(kw_only=True)
class MailServer:
    port: int = 0
    kept: list[Envelope] = field(default_factory=list)
    rcpt: Callable[[str], str] = lambda _address: "250 2.1.5 fine"
    data: Answer = lambda _envelope: "250 2.0.0 kept as 1"
    after_data: Callable[[SMTP], None] = lambda _server: None
    answers: asyncio.Event = field(default_factory=set_already)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def url(self) -> str:
        return f"smtp://{HOST}:{self.port}"

    @property
    def mails(self) -> list[EmailMessage]:
        return [parsed(envelope) for envelope in self.kept]

    async def count(self, at_least: int, seconds_max: float = 10) -> list[EmailMessage]:
        async with asyncio.timeout(seconds_max), self.arrived:
            await self.arrived.wait_for(lambda: len(self.kept) >= at_least)
        return self.mails

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.rcpt(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        await self.answers.wait()
        answer = self.data(envelope)
        if answer.startswith("250"):
            async with self.arrived:
                self.kept.append(envelope)
                self.arrived.notify_all()
            self.after_data(server)
        return answer


def parsed(envelope: Envelope) -> EmailMessage:
    assert isinstance(envelope.content, bytes)
    return message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)


def text_of(mail: EmailMessage) -> str:
    text: str = mail.get_content()
    return text


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    keeper = MailServer()
    loop = asyncio.get_running_loop()
    talks: list[SMTP] = []

    def talk() -> SMTP:
        talks.append(SMTP(keeper, hostname="sink", enable_SMTPUTF8=True))
        return talks[-1]

    server = await loop.create_server(talk, HOST, 0)
    keeper.port = server.sockets[0].getsockname()[1]
    try:
        yield keeper
    finally:
        server.close()
        for each in talks:
            if isinstance(each.transport, asyncio.WriteTransport):
                each.transport.abort()
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await server.wait_closed()
