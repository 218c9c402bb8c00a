"""Mail out by SMTP. Sent means that the server accepted it; what it answered is the proof."""

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib

SECONDS_MAX: Final = 30  # of one attempt, and of one answer
GOODBYE_SECONDS: Final = 2
RECIPIENTS_MAX: Final = 50
SUBJECT_MAX: Final = 200
NAME_MAX: Final = 80
PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
MAILBOX: Final = re.compile(
    rf"(?=.{{1,64}}@)(?P<user>{ATOM}(?:\.{ATOM})*)"
    r"@(?P<domain>(?=.{1,190}$)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)"
)
INVISIBLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
NEVER_ON_ITS_WAY: Final = (
    aiosmtplib.SMTPResponseException,
    aiosmtplib.SMTPConnectError,
    aiosmtplib.SMTPNotSupported,
    ConnectionRefusedError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """`id` names the letter: every attempt carries the same Message-ID."""

    id: str
    sender: str
    sender_name: str
    to: tuple[str, ...]
    subject: str
    text: str
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The server took the mail for these; `answer` is its own word."""

    server: str
    answer: str
    at: datetime
    to: tuple[str, ...]


class MailAway(Exception):
    """No server, or one that cannot take it now; the same mail may be sent again later."""


class MailUnanswered(MailAway):
    """The connection broke with the mail on its way: nobody knows whether it was taken."""


class MailRefused(Exception):
    """This mail will never be taken: its addresses or its content are refused."""


class NoSuchAddress(ValueError):
    """It is not one address that a mail can be sent to."""


def message_id(letter: UUID, sender: str) -> str:
    """From the letter's own name, so that whoever gets it twice can tell."""
    return f"<{letter}@{address(sender).domain}>"


def address(given: str, name: str = "") -> Address:
    """One plain mailbox; raises NoSuchAddress for anything that could say more in a header."""
    found = MAILBOX.fullmatch(given.strip(" "))
    if found is None:
        raise NoSuchAddress
    return Address(one_line(name, NAME_MAX), found["user"], found["domain"])


def message(mail: Mail, *, now: datetime) -> EmailMessage:
    built = EmailMessage(policy=SMTP)
    built["Message-ID"] = mail.id
    built["Date"] = format_datetime(now)
    built["From"] = address(mail.sender, mail.sender_name)
    built["To"] = [address(to) for to in mail.to[:RECIPIENTS_MAX]]
    built["Subject"] = one_line(mail.subject, SUBJECT_MAX)
    built["Content-Language"] = mail.language
    built["Auto-Submitted"] = "auto-generated"
    built["X-Auto-Response-Suppress"] = "All"
    built.set_content(printable(mail.text), charset="utf-8", cte="base64")
    return built


def one_line(text: str, length_max: int) -> str:
    """No line break, and nothing else that ends a header or hides in it."""
    return " ".join(INVISIBLE.sub(" ", text).split())[:length_max]


def printable(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(INVISIBLE.sub(" ", line) for line in lines)


async def send(mail: Mail, url: str) -> Accepted:
    """Raises MailAway or MailRefused; without either, a server has accepted the mail."""
    client = client_of(url)
    built = message(mail, now=datetime.now(UTC))
    try:
        async with asyncio.timeout(SECONDS_MAX):
            await client.connect()
            refused, answer = await client.send_message(built)
    except (aiosmtplib.SMTPException, OSError) as error:
        raise judged(error) from error
    finally:
        await part(client)
    taken = tuple(to for to in mail.to if to not in refused)
    return Accepted(server=str(client.hostname), answer=answer, at=datetime.now(UTC), to=taken)


def client_of(url: str) -> aiosmtplib.SMTP:
    server = urlsplit(url)
    return aiosmtplib.SMTP(
        hostname=server.hostname or "localhost",
        port=server.port or PORTS[server.scheme],
        username=unquote(server.username) if server.username else None,
        password=unquote(server.password) if server.password else None,
        use_tls=server.scheme == "smtps",
        start_tls=server.scheme == "smtp+starttls",
        timeout=SECONDS_MAX,
    )


def judged(error: Exception) -> MailAway | MailRefused:
    """Only what is said for good about these recipients or this content is final."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused(recipients=refusals):
            codes: Sequence[int] = [refusal.code for refusal in refusals]
        case aiosmtplib.SMTPDataError(code=code):
            codes = [code]
        case _ if isinstance(error, NEVER_ON_ITS_WAY):
            return MailAway(type(error).__name__)
        case _:
            return MailUnanswered(type(error).__name__)
    if codes and all(500 <= code < 600 for code in codes):
        return MailRefused(" ".join(map(str, codes)))
    return MailAway(type(error).__name__)


async def part(client: aiosmtplib.SMTP) -> None:
    """The mail is accepted or not by now; how the talk ends changes nothing."""
    with suppress(aiosmtplib.SMTPException, OSError):
        await client.quit(timeout=GOODBYE_SECONDS)
    client.close()
