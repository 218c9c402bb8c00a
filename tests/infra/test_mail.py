"""Mail out, against a real SMTP server."""

from asyncio import WriteTransport
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from aiosmtpd.smtp import SMTP

from infra import mail as post
from infra.mail import (
    Mail,
    MailAway,
    MailRefused,
    MailUnanswered,
    NoSuchAddress,
    address,
    message_id,
    send,
)
from infra.processes import free_port
from tests.infra.mail_server import mail_server, text_of

LETTER = UUID("0192d0d2-0000-7000-8000-000000000001")
LINES = ("您好：", "", "投诉已发送至商家。", ".", "..两点开头的一行", "𠮷 😀")
MAIL = Mail(
    id=message_id(LETTER, "help@acme.example"),
    sender="help@acme.example",
    sender_name="青原消协",
    to=("dara@example.org",),
    subject="您的投诉 2026-1147",
    text="\n".join(LINES),
)


async def test_the_server_s_own_word_and_the_time_are_the_proof() -> None:
    began = datetime.now(UTC)
    async with mail_server() as server:
        accepted = await send(MAIL, server.url)

        assert accepted.answer == "2.0.0 kept as 1"
        assert accepted.to == MAIL.to
        assert timedelta() <= accepted.at - began < timedelta(seconds=10)
        assert len(server.kept) == 1


async def test_chinese_arrives_whole_in_subject_sender_and_text() -> None:
    async with mail_server() as server:
        await send(MAIL, server.url)
        came = server.mails[0]

    assert came["Subject"] == MAIL.subject
    assert came["From"] == "青原消协 <help@acme.example>"
    assert text_of(came).splitlines() == list(LINES)
    assert came["Message-ID"] == f"<{LETTER}@acme.example>"
    assert came["Auto-Submitted"] == "auto-generated"


async def test_every_attempt_of_a_letter_has_the_same_message_id() -> None:
    async with mail_server() as server:
        await send(MAIL, server.url)
        await send(MAIL, server.url)

        assert len({mail["Message-ID"] for mail in server.mails}) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "标题\r\nBcc: all@example.org",
        "标题\nBcc: all@example.org",
        "标题\rBcc: all@example.org",
        "标题\x00\u2028\x85Bcc: all@example.org",
        "标题\r\n\r\n<script>",
    ],
)
async def test_a_line_break_in_a_title_or_name_adds_no_header(hostile: str) -> None:
    async with mail_server() as server:
        await send(replace(MAIL, subject=hostile, sender_name=hostile), server.url)
        envelope, came = server.kept[0], server.mails[0]

    assert came["Bcc"] is None
    assert envelope.rcpt_tos == ["dara@example.org"]
    assert text_of(came).splitlines() == list(LINES)
    assert str(came["Subject"]).startswith("标题")


@pytest.mark.parametrize(
    "wrong",
    [
        *("", "dara", "@example.org", "dara@", "a b@example.org", "a@b@example.org"),
        *("dara@example.org\r\nBcc: x@example.org", "dara@example.org, x@example.org"),
        *("Dara <dara@example.org>", "dara@example.org\x00", "dara@例子.公司", "\n@x.org"),
        *(f"{'a' * 65}@example.org", "a..b@example.org", ".a@example.org"),
    ],
)
def test_what_is_not_one_plain_mailbox_is_no_address(wrong: str) -> None:
    with pytest.raises(NoSuchAddress):
        address(wrong)


async def test_a_refused_recipient_is_final_and_a_busy_server_is_not() -> None:
    async with mail_server() as server:
        server.rcpt = lambda _address: "550 5.1.1 no such user"
        with pytest.raises(MailRefused, match="550"):
            await send(MAIL, server.url)

        server.rcpt = lambda _address: "450 4.2.1 greylisted"
        with pytest.raises(MailAway):
            await send(MAIL, server.url)

        assert server.kept == []


async def test_refused_content_is_final_and_a_full_disk_is_not() -> None:
    async with mail_server() as server:
        server.data = lambda _envelope: "554 5.7.1 no"
        with pytest.raises(MailRefused, match="554"):
            await send(MAIL, server.url)

        server.data = lambda _envelope: "452 4.3.1 disk full"
        with pytest.raises(MailAway):
            await send(MAIL, server.url)


async def test_only_those_are_proved_whom_the_server_took() -> None:
    async with mail_server() as server:
        server.rcpt = lambda to: "550 gone" if to.startswith("leo") else "250 fine"
        accepted = await send(replace(MAIL, to=("ana@x.example", "leo@x.example")), server.url)

    assert accepted.to == ("ana@x.example",)


async def test_a_connection_lost_after_the_text_is_an_unknown_outcome_and_never_sent() -> None:
    async with mail_server() as server:

        def hang_up(talk: SMTP) -> None:
            assert isinstance(talk.transport, WriteTransport)
            talk.transport.abort()

        server.after_data = hang_up
        with pytest.raises(MailUnanswered):
            await send(MAIL, server.url)

        assert len(server.kept) == 1


async def test_no_server_is_no_failure_of_the_letter() -> None:
    with pytest.raises(MailAway) as away:
        await send(MAIL, f"smtp://127.0.0.1:{free_port()}")

    assert not isinstance(away.value, MailUnanswered)


async def test_a_server_that_wants_a_sign_in_we_do_not_have_keeps_the_letter_waiting() -> None:
    async with mail_server() as server:
        host = server.url.removeprefix("smtp://")
        with pytest.raises(MailAway):
            await send(MAIL, f"smtp://user:word@{host}")
        with pytest.raises(MailAway):
            await send(MAIL, f"smtp+starttls://{host}")


async def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "SECONDS_MAX", 0.2)
    monkeypatch.setattr(post, "GOODBYE_SECONDS", 0.2)
    async with mail_server() as server:

        async def silent(*_args: object) -> str:
            await server.count(1)
            return "250 never"

        server.__dict__["handle_DATA"] = silent
        with pytest.raises(MailAway):
            await send(MAIL, server.url)
