"""Every letter that the law or the shelf owes to somebody has a text for that reader."""

import re

import pytest

from services.lifecycle.kinds import Audience, Door
from services.lifecycle.playbook import Playbook
from services.playbooks.library import shelf
from services.wording.language import Language, speaking
from services.wording.letters import FOLDER, LetterFacts, names, texts, write
from services.wording.say import phrase, vocabulary
from tests.wording.stories import letters, reader

HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,:;!?()]|[,:;!?()][\u4e00-\u9fff]")

in_both = pytest.mark.parametrize("language", Language, ids=lambda each: each.value)


@in_both
@pytest.mark.parametrize("book", shelf(), ids=lambda book: book.id)
def test_every_letter_owed_has_a_text_for_its_reader(book: Playbook, language: Language):
    found = letters(book)

    assert len(found) > 10
    assert found - texts(language) == set()


@in_both
@pytest.mark.parametrize("book", shelf(), ids=lambda book: book.id)
def test_every_letter_that_a_rung_names_has_a_text(book: Playbook, language: Language):
    for rung in book.rungs:
        for nudge in (*rung.remind, *rung.chase):
            for to in nudge.tell:
                assert (nudge.letter, reader(to)) in texts(language), rung.id


def test_both_languages_have_the_same_letters():
    assert texts(Language.CHINESE) == texts(Language.ENGLISH)
    assert parts(Language.CHINESE) == parts(Language.ENGLISH)


def parts(language: Language) -> set[str]:
    return {file.name for file in (FOLDER / language.value / "parts").glob("*.txt")}


@in_both
def test_every_letter_has_a_name_where_it_is_listed(language: Language):
    with speaking(language):
        for name in names(language):
            assert phrase("LetterName", name)
    assert set(vocabulary()["LetterName"]) == set(names(language))


@in_both
def test_every_text_is_in_its_language(language: Language):
    for file in (FOLDER / language.value).rglob("*.txt"):
        text = re.sub(r"{[{%].*?[%}]}", "", file.read_text().replace("（举报）", "")).strip()
        if text:
            found = bool(HAN.search(text.replace("(举报)", "")))
            assert found is (language is Language.CHINESE), file.name


def test_chinese_letters_are_set_as_chinese():
    for file in (FOLDER / "zh_CN").rglob("*.txt"):
        assert not HALF_WIDTH.search(re.sub(r"{[{%].*?[%}]}", "", file.read_text())), file.name


@in_both
def test_a_letter_with_the_least_facts_is_still_whole(language: Language):
    least = LetterFacts(association="A", number="2026-1", door=Door.PLATFORM)

    for name, to in texts(language):
        written = write(name, to=audience(to), language=language, facts=least)

        assert written.subject
        assert written.text.strip()
        assert not re.search(r"None|\{\{|%\(|（）|\(\)|  ", written.text), name


def audience(to: str) -> Audience:
    return Audience.HANDLER if to == "staff" else Audience(to)


@in_both
def test_no_letter_promises_a_result_or_calls_what_was_sent_accepted(language: Language):
    for name in ("choose_door", "yours_to_file", "mediation_accepted"):
        for door in (Door.PLATFORM, Door.REGULATOR, Door.LAW):
            facts = LetterFacts(association="A", number="2026-1", door=door)
            written = write(name, to=Audience.CONSUMER, language=language, facts=facts)

            promised = re.search(r"一定会|保证能|必将|will surely|guarantee", written.text)
            assert promised is None, name
