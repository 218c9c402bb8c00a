"""Short messages out, by one port: a web hook that hands them to the operator's provider, or, where
none is set in development, the mail sink, so that they can be read there.

The hook is asked by POST with `{"id", "to", "text"}` in JSON; the same `id` is the same message,
and 2xx means that it was taken. A password in the address goes as bearer token.
"""

import asyncio
import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Final
from urllib.parse import unquote, urlsplit

from infra import mail
from infra.mail import Accepted, Mail, MailAway, MailRefused, MailUnanswered, NoSuchAddress

SECONDS_MAX: Final = 20
ANSWER_BYTES_MAX: Final = 300
MOBILE: Final = re.compile(r"1[3-9][0-9]{9}|\+[1-9][0-9]{6,14}")
SINK: Final = "sms.localhost"
TRY_AGAIN: Final = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sms:
    """`id` names the message: every attempt carries the same."""

    id: str
    sender: str
    to: str
    text: str


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Where messages go is set by the operator, and by nobody else."""

    def redirect_request(self, *_: object) -> None:
        return None


def number(given: str) -> str:
    """One that takes short messages; raises NoSuchAddress for landlines and all else."""
    if MOBILE.fullmatch(given) is None:
        raise NoSuchAddress
    return given


async def send(message: Sms, url: str) -> Accepted:
    """Raises MailAway or MailRefused; without either, the other side has taken it."""
    if urlsplit(url).scheme not in ("https", "http"):
        return await mail.send(as_mail(message), url)
    return await asyncio.to_thread(ask, message, url)


def as_mail(message: Sms) -> Mail:
    return Mail(
        id=message.id,
        sender=message.sender,
        sender_name="SMS",
        to=(f"{message.to.removeprefix('+')}@{SINK}",),
        subject=f"SMS {message.to}",
        text=message.text,
    )


def ask(message: Sms, url: str) -> Accepted:
    host = urlsplit(url).hostname or ""
    try:
        with opener().open(request(message, url), timeout=SECONDS_MAX) as answer:
            said = answer.read(ANSWER_BYTES_MAX).decode("utf-8", errors="replace")
    except urllib.error.HTTPError as error:
        final = 400 <= error.code < 500 and error.code not in TRY_AGAIN
        raise (MailRefused if final else MailAway)(str(error.code)) from error
    except urllib.error.URLError as error:
        raise MailAway(type(error.reason).__name__) from error
    except (OSError, HTTPException) as error:
        raise MailUnanswered(type(error).__name__) from error
    return Accepted(server=host, answer=said, at=datetime.now(UTC), to=(message.to,))


def opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(NoRedirect)


def request(message: Sms, url: str) -> urllib.request.Request:
    parts = urlsplit(url)
    address = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    body = {"id": message.id, "to": message.to, "text": message.text}
    headers = {"Content-Type": "application/json", "Idempotency-Key": message.id}
    if parts.password:
        headers["Authorization"] = f"Bearer {unquote(parts.password)}"
    return urllib.request.Request(  # noqa: S310 -- http(s) only, asked above
        address, data=json.dumps(body, ensure_ascii=False).encode(), headers=headers
    )
