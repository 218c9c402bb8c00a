"""The list of states is whole: no page and no act without a state, no state without its line."""

import re
from collections.abc import Iterable, Iterator

from litestar.handlers import HTTPRouteHandler

from tests.shots.checklist import FILE, in_step, lines
from tests.shots.pages import VISITORS, State, states
from web.access import Door, access_of
from web.acts import ACTS
from web.app import PAGES, handlers_of

PARAMETER = re.compile(r"{\w+:str}")
GAP = r"[^/]+"
WHOLE = {
    "{link}": "/s/{token}",
    "{merchant_link}": "/m/{token}",
    "{invitation}": "/invitations/{token}",
}
A_BUTTON_ALONE = "claim"
NOT_FOR_EYES = (
    *("/parts", "/lookup/qr", "/openapi.json", "/events", "/presence", "/hue/{sheet:str}"),
    *("/{piece:str}/original", "/pictures/{no:str}", "/evidence/package"),
)


def test_every_state_has_a_name_of_its_own_and_can_be_reached():
    names = [state.name for state in states()]

    assert len(names) == len(set(names)) > 100
    assert {state.by for state in states()} <= VISITORS
    assert {state.after for state in states()} - {""} <= set(names)
    assert all(state.at or state.after for state in states())
    assert all(state.shows or state.says for state in states())


def test_every_address_that_answers_with_a_page_is_among_the_states():
    known = {at for state in states() for at in addressed(state)}

    unseen = [
        paths
        for paths in addresses()
        if not any(re.fullmatch(pattern(path), at) for path in paths for at in known)
    ]

    assert unseen == []


def addresses() -> Iterator[Iterable[str]]:
    """Of each handler of pages; some answer under two."""
    for handler in handlers_of(PAGES):
        if "GET" in handler.http_methods and is_for_eyes(handler):
            yield handler.paths


def is_for_eyes(handler: HTTPRouteHandler) -> bool:
    is_page = access_of(handler).door not in {Door.TOKEN, Door.HEALTH}
    return is_page and not any(path.endswith(NOT_FOR_EYES) for path in handler.paths)


def pattern(path: str) -> str:
    return PARAMETER.sub(GAP, path)


def addressed(state: State) -> Iterator[str]:
    """Some gaps stand for whole addresses."""
    at = state.at
    for gap, address in WHOLE.items():
        at = at.replace(gap, address)
    yield at.partition("?")[0]
    yield state.lands


def test_every_act_of_the_desk_has_its_form_among_the_states():
    nouns = {state.at.rpartition("/")[2] for state in states() if state.name.startswith("act-")}

    assert {act.noun for act in ACTS} - nouns == {A_BUTTON_ALONE}


def test_the_checklist_has_a_line_for_every_state():
    text = FILE.read_text(encoding="utf-8")

    assert in_step(text) == text, "python -m tests.shots.checklist"
    assert len(list(lines(text))) == len(states())
