"""Every act of the staff as a form: done once, told when it cannot be, and no word is lost."""

import re

import pytest

from services.lifecycle import commands as c
from services.lifecycle.permissions import POSSIBLE
from services.tenants.organisations import Organisation
from tests.web.act_stories import STORIES, acme, chosen, desk, filed, kinds, leo, place
from tests.web.cast import Filed
from tests.web.faults import doubled_ids
from tests.web.visitor import Visitor, forms_of
from web.acts import ACTS, BY_COMMAND


def test_every_command_of_a_person_has_an_act_and_a_story():
    """What consumers alone may do, and files, come in by pages of their own."""
    own_pages = {c.File, c.AddEvidence, c.GiveConsent, c.AskCode, c.ConfirmContact, c.RecoverLink}
    by_hand = set(POSSIBLE) - own_pages - {c.StrikeBell}

    assert set(BY_COMMAND) == by_hand
    assert {act.noun for act in ACTS} == {*STORIES, "link", "merchant-link"}


@pytest.mark.parametrize("noun", STORIES)
async def test_each_act_is_done_with_its_form(
    leo: Visitor, acme: Organisation, filed: Filed, noun: str
):
    before, typed, event = STORIES[noun]
    await before(acme, filed)
    page = await leo.get(place(acme, filed, noun if noun != "claim" else ""))
    assert page.status_code == 200
    assert doubled_ids(page) == set()

    answer = await leo.send(place(acme, filed, noun), **chosen(page.text, typed))

    assert answer.status_code == 303, answer.text
    assert event in (await kinds(acme, filed))
    after = await leo.follow()
    assert "已办，已记录。" in after.text


async def test_a_new_link_is_shown_once_and_again_only_to_its_replay(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed, "link"))
    form = forms_of(leo.last.text)[-1].fields

    first = await leo.client.post(place(acme, filed, "link"), data=form)
    again = await leo.client.post(place(acme, filed, "link"), data=form)

    links = [re.search(r"/s/[0-9A-Z]{26}", answer.text)[0] for answer in (first, again)]  # type: ignore[index]
    assert first.status_code == 200
    assert links[0] == links[1]
    assert links[0] not in filed.link
