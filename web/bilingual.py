"""A sentence that a playbook brings in both languages, in the one that is spoken."""

from services.lifecycle.playbook import Text
from services.wording.language import Language, spoken


def in_language(text: Text) -> str:
    return text.en if spoken() is Language.ENGLISH else text.zh
