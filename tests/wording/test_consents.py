"""A text that people agreed to stays as they read it."""

import hashlib

import pytest

from services.lifecycle.kinds import Consent
from services.wording.consents import VERSIONS, as_read, seal, shown_now, unsealed
from services.wording.language import Language, speaking
from services.wording.say import phrase, vocabulary

NAME = "青禾消费者协会"
AS_THEY_WERE = {
    "privacy.1.zh_CN": "622cbd593fc0682c",
    "privacy.1.en": "e2b11506cfcd6934",
    "share_with_merchant.1.zh_CN": "6124029d3783b27c",
    "share_with_merchant.1.en": "86246396b3ca1615",
    "mandate.1.zh_CN": "8d996a70682560b3",
    "mandate.1.en": "0e9523b41c15dbaf",
    "publication.1.zh_CN": "63aa7ba217d8c9cd",
    "publication.1.en": "197083e4ee8c9dfc",
}


def hashed(language: Language, key: str) -> str:
    with speaking(language):
        return hashlib.sha256(phrase("ConsentText", key, association=NAME).encode()).hexdigest()[
            :16
        ]


def test_no_text_that_was_shown_is_ever_edited():
    """A better text is a new number beside it; then its hash is added here."""
    found = {
        f"{key}.{language}": hashed(language, key)
        for key in vocabulary()["ConsentText"]
        for language in Language
    }

    assert found == AS_THEY_WERE


def test_there_is_a_text_of_today_for_each_consent():
    assert set(VERSIONS) == set(Consent)


@pytest.mark.parametrize("language", Language)
def test_a_form_tells_in_which_language_its_texts_were_read(language: Language):
    with speaking(language):
        sealed = seal(tuple(Consent), association=NAME)

    read = unsealed(sealed, tuple(Consent), association=NAME)

    assert read is not None
    assert {text.language for text in read} == {language.value}


def test_the_words_are_told_again_in_the_language_they_were_read_in():
    with speaking(Language.ENGLISH):
        shown = shown_now(Consent.MANDATE, association=NAME)

    assert "in my name" in as_read(shown, association=NAME)


def test_another_text_or_another_association_is_not_what_was_read():
    sealed = seal((Consent.PRIVACY,), association=NAME)

    assert unsealed(sealed, (Consent.PRIVACY,), association="Borealis") is None
    assert unsealed(sealed, (Consent.MANDATE,), association=NAME) is None
