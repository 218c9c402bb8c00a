"""Articles of law, as playbooks note them: "消费者权益保护法 24"."""

from services.wording.say import phrase, vocabulary


def say_law(basis: str) -> str:
    """What we have no name for is quoted as it stands."""
    name, _, article = basis.rpartition(" ")
    return phrase("Law", name, article=article) if name in vocabulary()["Law"] else basis
