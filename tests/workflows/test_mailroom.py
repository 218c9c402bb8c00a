"""Letters leave once, and are marked only by what happened to them."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

import pytest
from aiosmtpd.smtp import SMTP
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from infra.database import tenant_tx
from services.cases import ledger, queries
from services.cases.receipts import Receipt
from services.cases.verify import verify
from services.lifecycle import commands as c
from services.lifecycle.facts import Proof
from services.lifecycle.kinds import Consent, Door, ProofKind, Reason
from services.lifecycle.reachable import Way
from services.notices import sending
from services.notices.owed import Held
from services.notices.sending import Sending
from services.tenants.codes import code_of
from tests.cases.cast import Org, file, filing, make_org
from tests.infra.mail_server import MailServer
from tests.lifecycle.cast import words
from tests.workflows.clockwork import World, give
from tests.workflows.ladders import FAR, ladder, rung
from workflows.mailroom import Mailroom
from workflows.messages import NoticeRef

MAILED = ladder(
    rung("merchant"), rung("regulator", expiry="stay"), first_look=FAR, forward=False, name="mailed"
)


@pytest.fixture
async def org(world: World) -> Org:
    return await make_org(MAILED)


@pytest.fixture
def room(world: World) -> Mailroom:
    return Mailroom(world.settings())


async def ref_of(org: Org, case: Receipt, letter: str) -> NoticeRef:
    view = await queries.case(org.clock, case.case_id)
    found: UUID = next(notice.id for notice in view.notices if notice.letter == letter)
    return NoticeRef(tenant=org.tenant, notice=found)


async def deliver(room: Mailroom, ref: NoticeRef) -> str:
    state: str = await ActivityEnvironment().run(room.deliver, ref)
    return state


async def letter(ref: NoticeRef) -> Sending:
    found = await sending.read(ref.tenant, ref.notice)
    assert found
    return found


async def filings(org: Org, case: Receipt) -> int:
    view = await queries.case(org.clock, case.case_id)
    return [event.kind for event in view.events].count("filing_recorded")


async def names_of_filings(org: Org, case: Receipt) -> list[UUID]:
    async with tenant_tx(org.clock) as tx:
        rows = await tx.fetch(
            "select command_id from case_event where case_id = $1 and kind = 'filing_recorded'",
            case.case_id,
        )
    return [row["command_id"] for row in rows]


async def test_done_twice_it_is_sent_once(org: Org, room: Mailroom, mail: MailServer) -> None:
    ref = await ref_of(org, await file(org), "received")

    assert [await deliver(room, ref) for _ in range(3)] == ["sent"] * 3

    assert len(mail.mails) == 1
    sent = await letter(ref)
    assert (sent.message_id, sent.attempts) == (mail.mails[0]["Message-ID"], 1)
    assert sent.proof["response"] == "2.0.0 kept as 1"


async def test_a_server_that_is_away_only_delays_it(
    org: Org, room: Mailroom, mail: MailServer
) -> None:
    ref = await ref_of(org, await file(org), "received")
    mail.data = lambda _envelope: "451 4.3.0 later"

    with pytest.raises(ApplicationError) as delayed:
        await deliver(room, ref)
    assert (str(delayed.value), delayed.value.non_retryable) == ("MailAway: MailAway", False)
    assert (await letter(ref)).state == "queued"

    mail.data = lambda _envelope: "250 now"
    assert await deliver(room, ref) == "sent"


async def test_after_an_unknown_end_it_goes_again_under_the_same_name(
    org: Org, room: Mailroom, mail: MailServer
) -> None:
    ref = await ref_of(org, await file(org), "received")

    def hang_up(talk: SMTP) -> None:
        assert talk.transport
        talk.transport.close()

    mail.after_data = hang_up
    with pytest.raises(ApplicationError):
        await deliver(room, ref)
    assert (await letter(ref)).state == "sending"

    mail.after_data = lambda _talk: None
    assert await deliver(room, ref) == "sent"
    first, second = mail.mails
    assert first["Message-ID"] == second["Message-ID"]


async def test_a_refused_recipient_is_not_tried_again(
    org: Org, room: Mailroom, mail: MailServer
) -> None:
    ref = await ref_of(org, await file(org), "received")
    mail.rcpt = lambda _address: "550 5.1.1 nobody here"

    assert await deliver(room, ref) == "failed"

    mail.rcpt = lambda _address: "250 fine"
    assert await deliver(room, ref) == "failed"
    assert mail.kept == []


async def test_a_demand_is_filed_once_the_server_has_taken_it_and_never_before(
    org: Org, room: Mailroom, mail: MailServer
) -> None:
    case = await file(org)
    await give(org.ana, case, c.TakeOn())
    ref = await ref_of(org, case, "demand")
    mail.data = lambda _envelope: "451 later"
    with pytest.raises(ApplicationError):
        await deliver(room, ref)
    assert await filings(org, case) == 0

    mail.data = lambda _envelope: "250 2.0.0 taken"
    assert [await deliver(room, ref) for _ in range(2)] == ["sent"] * 2

    assert await filings(org, case) == 1
    view = await queries.case(org.clock, case.case_id)
    proof = view.case.filing and view.case.filing.proof
    assert proof
    assert proof.kind is ProofKind.SMTP
    assert proof.reference.text == f"{mail.mails[0]['Message-ID']} 2.0.0 taken"
    assert await names_of_filings(org, case) == [uuid5(ref.notice, "filed")]
    assert await verify(org.tenant) == ()


async def test_a_worker_that_died_between_sending_and_filing_files_it_later(
    org: Org, room: Mailroom, mail: MailServer
) -> None:
    case = await file(org)
    await give(org.ana, case, c.TakeOn())
    ref = await ref_of(org, case, "demand")
    await sending.claim(ref.tenant, ref.notice, message_id="<a@x>")
    await sending.mark_sent(ref.tenant, ref.notice, proof={"response": "250 ok"})

    assert await deliver(room, ref) == "sent"

    assert (await filings(org, case), mail.kept) == (1, [])


async def test_a_filing_made_by_hand_meanwhile_stands(org: Org, room: Mailroom) -> None:
    case = await file(org)
    await give(org.ana, case, c.TakeOn())
    ref = await ref_of(org, case, "demand")
    await sending.claim(ref.tenant, ref.notice, message_id="<a@x>")
    await sending.mark_sent(ref.tenant, ref.notice, proof={"response": "250 ok"})
    today = (await queries.case(org.clock, case.case_id)).now.date()
    proof = Proof(kind=ProofKind.MAIL_RECEIPT, reference=words("EMS 1"))
    await give(org.ana, case, c.RecordFiling(door=Door.MERCHANT, on=today, proof=proof))

    assert await deliver(room, ref) == "sent"

    assert await filings(org, case) == 1


async def test_a_demand_of_a_withdrawn_complaint_does_not_leave(
    org: Org, room: Mailroom, mail: MailServer
) -> None:
    case = await file(org)
    await give(org.ana, case, c.TakeOn())
    ref = await ref_of(org, case, "demand")
    await give(org.dara(case), case, c.Withdraw(reason=Reason.CHANGED_MIND))

    assert await deliver(room, ref) == "suppressed"

    assert mail.kept == []
    view = await queries.case(org.clock, case.case_id)
    held = next(notice for notice in view.notices if notice.id == ref.notice)
    assert held.body["held"] == "no_longer_true"


async def test_nothing_that_was_waiting_goes_to_a_merchant_once_sharing_is_taken_back(
    org: Org, room: Mailroom, mail: MailServer
) -> None:
    case = await file(org)
    await give(org.ana, case, c.TakeOn())
    demand = await ref_of(org, case, "demand")
    chaser = replace(await letter(demand), letter="merchant_chaser", bell=None)
    await give(org.dara(case), case, c.RevokeConsent(consent=Consent.SHARE_WITH_MERCHANT))
    view = await queries.case(org.clock, case.case_id)

    assert await deliver(room, demand) == "suppressed"
    assert room.held(chaser, view, ("shop@example.test",)) is Held.NO_CONSENT
    assert mail.kept == []


async def test_a_letter_that_may_have_left_is_never_called_unsent(
    org: Org, room: Mailroom, mail: MailServer
) -> None:
    case = await file(org)
    await give(org.ana, case, c.TakeOn())
    ref = await ref_of(org, case, "demand")
    await sending.claim(ref.tenant, ref.notice, message_id="<a@x>", lease=timedelta(0))
    await give(org.dara(case), case, c.Withdraw(reason=Reason.CHANGED_MIND))

    assert await deliver(room, ref) == "failed"

    assert mail.kept == []


async def test_two_workers_never_speak_of_one_letter_at_once(
    org: Org, room: Mailroom, mail: MailServer
) -> None:
    ref = await ref_of(org, await file(org), "received")
    await sending.claim(ref.tenant, ref.notice, message_id="<a@x>")

    with pytest.raises(ApplicationError, match="busy"):
        await deliver(room, ref)

    assert mail.kept == []


async def test_an_address_that_is_none_and_a_missing_mail_server_are_told(
    org: Org, world: World, room: Mailroom, mail: MailServer
) -> None:
    body = filing().complaint
    odd = replace(body, consumer=replace(body.consumer, email=words("dara at example")))
    case = await ledger.apply(
        org.public, None, replace(filing(), complaint=odd), command_id=uuid4()
    )
    silent = Mailroom(replace(world.settings(), smtp_url=None))

    assert await deliver(room, await ref_of(org, case, "received")) == "suppressed"
    assert await deliver(silent, await ref_of(org, case, "new_case")) == "suppressed"

    view = await queries.case(org.clock, case.case_id)
    assert {notice.letter: notice.body["held"] for notice in view.notices} == {
        "received": "no_address",
        "new_case": "no_mail_server",
    }
    assert mail.kept == []


async def test_a_letter_that_does_not_exist_is_nobody_s_trouble(org: Org, room: Mailroom) -> None:
    assert await deliver(room, NoticeRef(tenant=org.tenant, notice=uuid4())) == "unknown"


async def test_a_code_leaves_as_a_short_message_and_brings_the_digits_that_confirm(
    org: Org, room: Mailroom, mail: MailServer
) -> None:
    case = await file(org)
    await give(org.dara(case), case, c.AskCode(way=Way.PHONE))
    ref = await ref_of(org, case, "code_phone")
    view = await queries.case(org.clock, case.case_id)
    sent = view.case.code(Way.PHONE)
    assert sent

    assert await deliver(room, ref) == "sent"

    [text] = mail.mails
    assert str(text["To"]).endswith("@sms.localhost")
    assert code_of(case.case_id, sent.seq) in text.get_content()
    assert (await letter(ref)).channel == "sms"
