"""What is shown of a person to those who need not know all of it."""

from services.lifecycle.facts import Words

DOTS = "••••"


def name(words: Words | None) -> str:
    """The first sign of a name: of 李小红 there remains 李*."""
    text = words.text.strip() if words and words.text else ""
    return f"{text[0]}*" if text else ""


def phone(words: Words | None) -> str:
    """138••••6021: enough to know one's own again."""
    text = words.text if words and words.text else ""
    digits = "".join(sign for sign in text if sign.isdigit())
    if len(digits) < 7:
        return DOTS if digits else ""
    return f"{digits[:3]}{DOTS}{digits[-4:]}"


def email(words: Words | None) -> str:
    text = words.text if words and words.text else ""
    local, at, host = text.partition("@")
    return f"{local[:1]}{DOTS}@{host}" if at else ""
