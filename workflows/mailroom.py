"""Where letters leave: read, judged once more, claimed, sent, and only then marked as sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import uuid5

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from infra import mail, sms
from infra.database import Login
from infra.mail import Accepted, Mail, MailAway, MailRefused, MailUnanswered, NoSuchAddress
from infra.settings import Settings
from infra.sms import Sms
from services.cases import ledger, queries
from services.cases.merchant_links import merchant_link
from services.cases.receipts import Conflict
from services.cases.status_links import status_token
from services.cases.views import CaseView
from services.lifecycle.bells import local_day
from services.lifecycle.commands import RecordFiling
from services.lifecycle.facts import Proof, Words
from services.lifecycle.kinds import Audience, ProofKind
from services.lifecycle.refusals import Refused
from services.notices import letters, sending
from services.notices.facts import Facts
from services.notices.owed import SMS, Held, lacks_consent
from services.notices.sending import Outcome, Sending
from services.notices.still import still_true
from services.tenants import lanes, links, organisations, seats
from services.tenants.organisations import Organisation
from workflows.activities import without_words
from workflows.messages import NoticeRef

log = structlog.get_logger()
HEARTBEAT_SECONDS: Final = 2
BUSY: Final = timedelta(seconds=10)
REFERENCE_MAX: Final = 300
OTHERS: Final = (Audience.MERCHANT, Audience.PLATFORM, Audience.REGULATOR)


class Mailroom:
    """The address book of this installation: its mail server, its sender, its pages."""

    def __init__(self, settings: Settings) -> None:
        self.smtp_url = settings.smtp_url
        self.sms_url = settings.sms_via
        self.sender = settings.mail_from
        self.pages = settings.public_url

    @activity.defn(name="deliver")
    @without_words
    async def deliver(self, ref: NoticeRef) -> str:
        """Done as often as need be: what was sent is not sent again, what was filed not twice."""
        async with heartbeat():
            letter = await sending.read(ref.tenant, ref.notice)
            if letter and letter.state in ("queued", "sending"):
                await self.send(ref, letter)
                letter = await sending.read(ref.tenant, ref.notice)
            if letter and letter.state == "sent" and letter.files and letter.to in OTHERS:
                await file(ref, letter)
            return letter.state if letter else "unknown"

    async def send(self, ref: NoticeRef, letter: Sending) -> None:
        view = await queries.case(seats.clock(tenant=ref.tenant), letter.case_id)
        to = usable(letter)
        held = self.held(letter, view, to) or await flooded(ref, letter, to)
        if held and letter.state == "queued":
            await sending.mark_held(ref.tenant, ref.notice, why=held)
        elif held:
            await self.claim(ref)
            await failed(ref, held.value, Outcome.REFUSED)
        else:
            written = await self.written(ref, letter, view, to)
            await self.hand_over(ref, letter, replace(written, id=await self.claim(ref)))

    async def claim(self, ref: NoticeRef) -> str:
        """The Message-ID. What may have left already cannot be called unsent any more."""
        name = mail.message_id(ref.notice, self.sender)
        claimed = await sending.claim(ref.tenant, ref.notice, message_id=name)
        if claimed is None:
            raise ApplicationError("busy", type="busy", next_retry_delay=BUSY)
        return claimed

    def held(self, letter: Sending, view: CaseView, to: tuple[str, ...]) -> Held | None:
        if not still_true(view.case, letter):
            return Held.NO_LONGER_TRUE
        if lacks_consent(letter.to, view.case):
            return Held.NO_CONSENT
        if not to:
            return Held.NO_ADDRESS
        if letter.channel == SMS:
            return None if self.sms_url else Held.NO_SMS_GATEWAY
        return None if self.smtp_url else Held.NO_MAIL_SERVER

    async def written(
        self, ref: NoticeRef, letter: Sending, view: CaseView, to: tuple[str, ...]
    ) -> Mail:
        org = await organisations.by_id(ref.tenant, login=Login.WORKER)
        assert org
        composed = letters.compose(
            Facts(
                letter=letter,
                case=view.case,
                rules=view.rules,
                agenda=view.agenda,
                number=f"{org.prefix}{view.number}",
                association=org.name,
                now=view.now,
                page=self.page(org, letter, view),
                code=code(ref, letter, view),
            )
        )
        return Mail(
            id=mail.message_id(ref.notice, self.sender),
            sender=self.sender,
            sender_name=org.name,
            to=to,
            subject=composed.subject,
            text=composed.text,
        )

    def page(self, org: Organisation, letter: Sending, view: CaseView) -> str | None:
        match letter.to:
            case Audience.CONSUMER:
                generation = view.case.link_generation
                return f"{self.pages}/s/{status_token(org.tenant, view.id, generation=generation)}"
            case Audience.HANDLER | Audience.MANAGER:
                return f"{self.pages}/{org.slug}/desk/cases/{view.number}"
            case Audience.MERCHANT if linked := view.case.merchant_link:
                ref = merchant_link(org.tenant, view.id, linked)
                return f"{self.pages}/m/{links.token_of(ref)}"
            case _:
                return None

    async def hand_over(self, ref: NoticeRef, letter: Sending, written: Mail) -> None:
        """Raises MailAway, so that the letter is tried again."""
        try:
            accepted = await self.out(letter, written)
        except MailRefused as error:
            await failed(ref, error, Outcome.REFUSED)
        except MailUnanswered as error:
            await failed(ref, error, Outcome.UNKNOWN)
            raise
        except MailAway as error:
            await failed(ref, error, Outcome.NOT_SENT)
            raise
        else:
            await sending.mark_sent(ref.tenant, ref.notice, proof=proof(accepted))
            log.info("sent", notice=str(ref.notice), tenant=str(ref.tenant))

    async def out(self, letter: Sending, written: Mail) -> Accepted:
        """By the one port that there is for each channel."""
        if letter.channel == SMS:
            assert self.sms_url
            [to] = written.to
            text = Sms(id=written.id, sender=written.sender, to=to, text=written.text)
            return await sms.send(text, self.sms_url)
        assert self.smtp_url
        return await mail.send(written, self.smtp_url)


def code(ref: NoticeRef, letter: Sending, view: CaseView) -> str | None:
    generation = view.case.merchant_link
    if letter.to is not Audience.MERCHANT or generation is None:
        return None
    return links.code_of(merchant_link(ref.tenant, view.id, generation))


async def flooded(ref: NoticeRef, letter: Sending, to: tuple[str, ...]) -> Held | None:
    """Nobody's mailbox is filled by complaints in their name; each letter counts once."""
    if letter.to is not Audience.CONSUMER or letter.attempts:
        return None
    free = await lanes.may_write_to(to[0], letter.letter, tenant=ref.tenant)
    return None if free else Held.TOO_MANY


def usable(letter: Sending) -> tuple[str, ...]:
    found = []
    for each in letter.addresses[: mail.RECIPIENTS_MAX]:
        with suppress(NoSuchAddress):
            by_sms = letter.channel == SMS
            found.append(sms.number(each) if by_sms else mail.address(each).addr_spec)
    return tuple(found)


async def failed(ref: NoticeRef, why: object, outcome: Outcome) -> None:
    await sending.mark_failed(ref.tenant, ref.notice, why=str(why), outcome=outcome)


def proof(accepted: Accepted) -> dict[str, object]:
    return {
        "response": mail.one_line(accepted.answer, REFERENCE_MAX),
        "server": accepted.server,
        "at": accepted.at.isoformat(),
        "recipients": len(accepted.to),
    }


async def file(ref: NoticeRef, letter: Sending) -> None:
    """Proven dispatch is the filing, and names no more than that. The content is read from what was
    stored, so that a repeat says the same.
    """
    assert letter.door
    assert letter.sent_at
    seat = seats.clock(tenant=ref.tenant)
    said = f"{letter.message_id} {letter.proof.get('response', '')}"
    command = RecordFiling(
        door=letter.door,
        on=local_day(letter.sent_at),
        proof=Proof(kind=ProofKind.SMTP, reference=Words(text=said)),
    )
    view = await queries.case(seat, letter.case_id)
    try:
        await ledger.apply(seat, view.number, command, command_id=uuid5(ref.notice, "filed"))
    except Refused as refused:
        log.warning("not_filed", notice=str(ref.notice), why=refused.why.value)
    except Conflict:
        log.info("filed_before", notice=str(ref.notice))  # and what the server said is erased


@asynccontextmanager
async def heartbeat() -> AsyncIterator[None]:
    """So that a worker that died is noticed within seconds, however long a mail server thinks."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(HEARTBEAT_SECONDS)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
