"""Every sentence stands in every language, and the catalogues hold what the sources say."""

import re
from collections import defaultdict
from itertools import pairwise

import pytest
from babel.messages.catalog import Message

from services.wording import words
from services.wording.catalogue import files, read
from services.wording.language import DEFAULT
from services.wording.words import domain_of, file_of, gathered, in_step, templates, untranslated

HAN = "\u4e00-\u9fff"
HALF_WIDTH = re.compile(rf"[{HAN}][,.:;!?()]|[,:;!?()][{HAN}]")
TYPED_SPACE = re.compile(rf"[{HAN}] +[0-9]|[0-9] +[{HAN}]|[{HAN}] +[{HAN}]")
GAP = re.compile(r"%\((\w+)\)[sdr]")


def every_message() -> list[Message]:
    return [m for file in files(DEFAULT) for m in read(file, DEFAULT) if m.id]


def texts(message: Message) -> list[str]:
    return list(words.parts(message.string))


def test_nothing_waits_for_a_translation():
    assert list(untranslated(DEFAULT)) == []


def test_the_catalogues_are_in_step_with_the_sources():
    found = gathered()

    behind = [
        domain
        for domain, wanted in found.items()
        if file_of(domain, DEFAULT).read_bytes() != in_step(domain, wanted, DEFAULT)
    ]

    assert behind == []
    assert {file.stem for file in files(DEFAULT)} == set(found)


def test_no_entry_is_a_guess():
    assert [message.id for message in every_message() if message.fuzzy] == []


def test_one_sentence_is_said_in_one_way():
    said: dict[object, set[str]] = defaultdict(set)
    for message in every_message():
        said[message.context, str(message.id)].add(str(message.string))

    assert {key: ways for key, ways in said.items() if len(ways) > 1} == {}


def test_every_gap_of_a_sentence_is_filled_in_the_translation():
    lost = {
        str(message.id): texts(message)
        for message in every_message()
        for text in texts(message)
        if not gaps_of(text) <= gaps_of(" ".join(words.parts(message.id)))
        or (isinstance(message.id, str) and gaps_of(text) != gaps_of(message.id))
    }

    assert lost == {}


def gaps_of(text: str) -> set[str]:
    return set(GAP.findall(text))


@pytest.mark.parametrize("pattern", [HALF_WIDTH, TYPED_SPACE], ids=["punctuation", "spaces"])
def test_chinese_is_set_as_chinese(pattern: re.Pattern[str]):
    odd = [text for m in every_message() for text in texts(m) if pattern.search(GAP.sub("", text))]

    assert odd == []


def test_every_template_belongs_to_one_catalogue():
    domains = {domain_of(template) for template in templates()}

    assert domains
    assert all(re.fullmatch(r"[a-z_]+", domain) for domain in domains)
    assert all(a != b for a, b in pairwise(sorted(domains)))
