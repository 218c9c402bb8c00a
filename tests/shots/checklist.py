"""`python -m tests.shots.checklist`: keeps docs/shots.md in step with the list of states.

It writes a line for each new state and drops those that are gone; what people wrote stays."""

from collections.abc import Iterator

from tests.architecture.code import ROOT
from tests.shots.pages import State, states

FILE = ROOT / "docs" / "shots.md"
HEADING = "| State | Held against | Looked at | What was seen |"
RULE = "| --- | --- | --- | --- |"
NOT_YET = "not yet"


def main() -> None:
    FILE.write_text(in_step(FILE.read_text(encoding="utf-8")), encoding="utf-8")


def in_step(text: str) -> str:
    """Everything above the table stays as it is."""
    above = text.partition(HEADING)[0]
    known = {line.split("|")[1].strip(): line for line in lines(text)}
    told = [known.get(state.name, line_of(state)) for state in states()]
    return "\n".join([f"{above}{HEADING}", RULE, *told, ""])


def lines(text: str) -> Iterator[str]:
    rows = text.partition(HEADING)[2].splitlines()
    return (line for line in rows if line.startswith("| ") and line != RULE)


def line_of(state: State) -> str:
    return f"| {state.name} | {state.mock or '–'} | {NOT_YET} | – |"


if __name__ == "__main__":
    main()
