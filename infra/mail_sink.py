"""`python -m infra.mail_sink`: takes every mail, keeps it as a file, delivers none."""

import argparse
import asyncio
import os
import secrets
import signal
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from infra.folders import private
from infra.mail_sink_page import serve_page
from infra.readiness import announce_ready

HOST = "127.0.0.1"
MAIL_BYTES_MAX = 33_554_432


class Keeper:
    """A mail counts as accepted once its file is on the disk: that is our proof of dispatch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        private(folder)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        content = envelope.content or b""
        assert isinstance(content, bytes)
        received = datetime.now(UTC)
        name = f"{received:%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}.eml"
        keep(self.folder / name, envelope_lines(envelope, received) + content)
        return f"250 2.0.0 kept as {name}"


def envelope_lines(envelope: Envelope, received: datetime) -> bytes:
    """What the letter itself need not say: to whom it was really handed over, and when."""
    recipients = "".join(f"X-Original-To: {address}\r\n" for address in envelope.rcpt_tos)
    sender = f"Return-Path: <{envelope.mail_from or ''}>\r\n"
    return f"{sender}{recipients}X-Received-At: {received.isoformat()}\r\n".encode()


def keep(path: Path, content: bytes) -> None:
    """Nobody who lists the folder sees half a mail."""
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


async def serve(folder: Path, *, smtp_port: int, http_port: int) -> None:
    keeper = Keeper(folder)
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for stop in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(stop, stopped.set)
    smtp = await loop.create_server(lambda: session_for(keeper), HOST, smtp_port)
    async with smtp, serve_page(folder, HOST, http_port):
        announce_ready()
        await stopped.wait()


def session_for(keeper: Keeper) -> SMTP:
    return SMTP(
        keeper,
        data_size_limit=MAIL_BYTES_MAX,
        enable_SMTPUTF8=True,
        decode_data=False,
        hostname="redress-mail-sink",
        ident="redress mail sink",
    )


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m infra.mail_sink", description=__doc__)
    arguments.add_argument("--folder", type=Path, required=True)
    arguments.add_argument("--smtp-port", type=int, required=True)
    arguments.add_argument("--http-port", type=int, required=True)
    given = arguments.parse_args()
    asyncio.run(serve(given.folder, smtp_port=given.smtp_port, http_port=given.http_port))


if __name__ == "__main__":
    main()
