"""What is wrong in a file or a request, and what to write instead."""

from services.wording.say import Unworded, phrase, vocabulary


def say_fault(code: str, expected: str = "") -> str:
    known = vocabulary()["Fault"]
    if code not in known:
        raise Unworded(f"services/wording/english says nothing for Fault.{code}")
    if not expected and f"{code}.plain" in known:
        return phrase("Fault", f"{code}.plain")
    return phrase("Fault", code, expected=say_expected(expected))


def say_expected(expected: str) -> str:
    """The names of types are the machine's words; everything else can be typed as it stands."""
    return phrase("Expected", expected) if expected in vocabulary()["Expected"] else expected
