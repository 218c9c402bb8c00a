"""Two at one case: the second sees what the first did beside their own, and loses nothing."""

import re

from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Ball, Door
from services.tenants.organisations import Organisation
from tests.web.act_stories import OFFER, acme, filed, kinds, leo, place
from tests.web.cast import SOON, TODAY, Filed, at_merchant, give, proof
from tests.web.visitor import Visitor, forms_of


def differences(text: str) -> dict[str, tuple[str, str]]:
    """Field by field: what they wrote, and what stands in the form."""
    table = text.split('class="both"')[1].split("</table>", maxsplit=1)[0]
    rows = re.findall(
        r'<th scope="row">([^<]+)</th><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td>', table
    )
    return {label: (theirs, yours) for label, theirs, yours in rows}


async def test_both_sides_of_the_same_act_stand_side_by_side(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await at_merchant(acme, filed)
    await leo.get(place(acme, filed, "offer"))
    theirs = c.MakeOffer(
        party=Ball.MERCHANT, terms=Words(text="退600元"), fulfil_by=SOON, amount=None
    )
    await give(acme, filed, theirs)

    answer = await leo.send(place(acme, filed, "offer"), **OFFER, amount="700")

    assert answer.status_code == 409
    assert differences(answer.text) == {
        "方案内容": ("退600元", "退一半"),
        "金额（元）": ("—", "¥700"),
    }
    kept = next(f for f in forms_of(answer.text) if f.action == place(acme, filed, "offer"))
    assert kept.fields["terms"] == ["退一半"]
    assert "放弃我填的内容，返回案件" in answer.text


async def test_what_is_not_possible_any_more_is_still_shown_beside_mine(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await give(acme, filed, c.TakeOn())
    await leo.get(place(acme, filed, "filing"))
    await give(acme, filed, c.RecordFiling(door=Door.MERCHANT, on=TODAY, proof=proof("WQ-1")))

    typed = {"proof.kind": "their_number", "proof.reference": "WQ-2"}
    answer = await leo.send(place(acme, filed, "filing"), **typed)

    assert answer.status_code == 409
    assert ("WQ-1", "WQ-2") in differences(answer.text).values()
    assert "不能这样做" in answer.text
    kept = answer.text.split('id="kept-title"')[1]
    assert "WQ-2" in kept
    assert "对方给的编号" in kept, "in words, not in the code of the form"


async def test_another_act_meanwhile_is_told_and_has_no_fields_to_compare(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed, "question"))
    await give(acme, filed, c.TakeOn())

    answer = await leo.send(place(acme, filed, "question"), text="外箱完好吗？")

    assert answer.status_code == 409
    assert "本会开始协助" in answer.text.split('id="h-since"')[1]
    assert 'class="both"' not in answer.text


async def test_a_contact_logged_on_an_old_page_is_simply_added(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed))
    await give(acme, filed, c.TakeOn())

    answer = await leo.send(
        place(acme, filed, "note"),
        **{"contact.outcome": "reached", "contact.kind": "call", "contact.whom": "consumer"},
    )

    assert answer.status_code == 303
    assert (await kinds(acme, filed))[-1] == "noted"
