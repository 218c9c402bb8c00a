"""The rule behind a bell in words: why something happened, or will, without anybody's hand."""

from services.wording.say import phrase


def because(rule: str) -> str:
    """Numbered reminders, chasers and named clocks share one sentence each."""
    return phrase("Rule", rule.partition("-")[0])


def because_of(key: str) -> str:
    """From the key of a bell, `door/rule/seq`."""
    return because(key.split("/")[1])
