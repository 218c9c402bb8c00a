"""Every event as its row is read: in the reader's words, with nothing of the machine's in it."""

import re
from datetime import UTC, date, datetime

import pytest

from services.lifecycle import events as e
from services.lifecycle.kinds import Audience, Door, Hand, Reason
from services.playbooks.library import shelf
from services.wording.language import Language, speaking
from tests.wording.stories import played
from web.timeline import tell

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TODAY = date(2026, 11, 24)
in_both = pytest.mark.parametrize("language", Language, ids=lambda each: each.value)


def test_an_extension_is_said_as_a_span():
    event = e.DeadlineExtended(at=NOW, deadline="x", span="5 working days", reason=Reason.APPRAISAL)

    assert tell(event, {}, today=TODAY) == "本会的等待时间延长5个工作日。原因：等检测或鉴定。"


def test_a_door_that_opens_claims_no_filing():
    event = e.DoorOpened(at=NOW, door=Door.PLATFORM, hand=Hand.CONSUMER, channel="x")

    assert tell(event, {}, today=TODAY) == "转到平台；等消费者本人提交，还没有提交。"


def test_an_alarm_names_whom_it_calls():
    event = e.Chased(
        at=NOW,
        door=Door.PLATFORM,
        tell=(Audience.HANDLER, Audience.MANAGER),
        letter="unfiled",
        alarm=True,
    )

    assert tell(event, {}, today=TODAY) == "需要有人处理，提醒经办人和负责人。"


@in_both
def test_every_event_of_every_story_can_be_told(language: Language):
    with speaking(language):
        for book in shelf():
            for _, event in played(book):
                told = tell(event, {}, today=TODAY)

                assert not re.search(r"%\(|None|_|  |：。|，。", told), event
