"""Reads the list of every page and state that is looked at and checked: `pages.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("pages.toml")
STAFF = frozenset({"zhou", "chen", "wu", "xu"})
VISITORS = STAFF | {"nobody", "consumer", "merchant", "newcomer"}
Step = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One page in one state. `at` is an address with gaps and `steps` are what somebody does
    there; where they lead to another address, `lands` says which. `after` names the state that this
    one goes on from. `shows` are selectors and `says`
    codes of sentences, one of each of which must be seen. `case` is an arc of the demo, `arc/2`
    its second case. `mock` is the page of the mock-ups that it is held against;
    `both` languages stand on one page where nobody knows the reader's.
    """

    name: str
    by: str
    at: str = ""
    case: str = ""
    after: str = ""
    lands: str = ""
    status: int = 200
    steps: Sequence[Step] = ()
    shows: Sequence[str] = ()
    says: Sequence[str] = ()
    mock: str = ""
    both: bool = False


@cache
def states() -> tuple[State, ...]:
    told = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return tuple(made(group | each) for group, each in rows(told))


def rows(told: Mapping[str, Any]) -> Sequence[tuple[dict[str, Any], dict[str, Any]]]:
    """What a group says once holds for each of its states."""
    return [
        ({key: value for key, value in group.items() if key != "state"}, each)
        for group in told["group"]
        for each in group["state"]
    ]


def made(row: dict[str, Any]) -> State:
    row.pop("title")
    return State(**row)


def named(name: str) -> State:
    [found] = [state for state in states() if state.name == name]
    return found
