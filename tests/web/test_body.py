"""Bytes to texts: strict, or marked as a guess; never an exception that is not an answer."""

from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.exceptions import ClientException, HTTPException

from web.body import FIELDS_MAX, Unfit, UnsupportedMedia, Value, values

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "----b"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def one(content_type: str, body: bytes) -> Value:
    found = values(content_type, body)
    assert len(found) == 1
    return found[0]


def part(content: bytes, *, name: str = "facts", more: str = "") -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
    return f"--{BOUNDARY}\r\n".encode() + head + content + b"\r\n"


def closed(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def encoded(text: str, charset: str) -> bytes:
    return b"facts=" + quote_from_bytes(text.encode(charset)).encode()


def texts_or_status(content_type: str, body: bytes) -> list[str] | int:
    try:
        return [value.text for value in values(content_type, body)]
    except HTTPException as error:
        return error.status_code


def test_utf_8_is_read_with_or_without_a_mark_at_its_head():
    assert one(FORM, encoded("投诉", "utf-8")).text == "投诉"
    assert one(FORM, encoded("投诉", "utf-8-sig")).text == "投诉"
    assert one(MULTIPART, closed(part("投诉".encode()))).text == "投诉"


@pytest.mark.parametrize("declared", ["gbk", "GB2312", "gb18030"])
def test_gb18030_is_converted_where_it_is_declared(declared: str):
    assert one(f"{FORM}; charset={declared}", encoded("投诉", "gb18030")) == Value(
        name="facts", text="投诉"
    )
    in_a_part = part(
        "投诉".encode("gb18030"), more=f"\r\nContent-Type: text/plain; charset={declared}"
    )
    assert one(MULTIPART, closed(in_a_part)) == Value(name="facts", text="投诉")


def test_gbk_without_a_word_is_guessed_and_marked():
    assert one(FORM, encoded("投诉", "gbk")) == Value(
        name="facts", text="投诉", unfit=Unfit.ENCODING
    )
    assert one(MULTIPART, closed(part("投诉".encode("gbk")))).unfit is Unfit.ENCODING


@pytest.mark.parametrize("raw", ["%ff%fe", "%c0%af", "%ed%a0%80", "%80", "%f5%80%80%80"])
def test_what_is_no_utf_8_is_marked_and_shown_as_far_as_it_goes(raw: str):
    assert one(FORM, f"facts={raw}".encode()).unfit is Unfit.ENCODING


def test_utf_7_stays_the_inert_text_that_it_is():
    assert one(f"{FORM}; charset=utf-7", b"facts=%2BADw-script%2BAD4-").text == "+ADw-script+AD4-"


def test_an_empty_file_input_is_nothing_and_a_file_is_marked():
    assert one(MULTIPART, closed(part(b"", more='; filename=""'))).text == ""
    assert one(MULTIPART, closed(part(b"MZ", more='; filename="a.exe"'))).unfit is Unfit.FILE


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", closed(part(b"x"))),
        ("multipart/form-data; boundary=", closed(part(b"x"))),
        ("multipart/form-data; boundary=other", closed(part(b"x"))),
        (MULTIPART, part(b"x")),
        (MULTIPART, b"--"),
        (MULTIPART, b""),
        (MULTIPART, closed(b"no header at all")),
        (MULTIPART, closed(part(b"x", more="\r\nX: " + "y" * 9_000))),
        (
            MULTIPART,
            closed(part(b"x", more="\r\nContent-Type: text/plain; charset=nonsense")) + b"\0",
        ),
    ],
)
def test_a_broken_multipart_body_is_told_and_is_no_bug(content_type: str, body: bytes):
    assert texts_or_status(content_type, body) in (["x"], 400)


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/xml", "nonsense"])
def test_other_kinds_of_content_are_no_form(kind: str):
    with pytest.raises(UnsupportedMedia):
        values(kind, b"facts=x")


def test_as_many_fields_as_we_have_are_read_and_no_more():
    assert len(values(FORM, b"a=1&" * FIELDS_MAX)) == FIELDS_MAX
    with pytest.raises(ClientException):
        values(FORM, b"a=1&" * (FIELDS_MAX + 1))
    with pytest.raises(ClientException):
        values(MULTIPART, closed(*[part(b"x")] * (FIELDS_MAX + 1)))


@given(st.binary(max_size=400), st.sampled_from([FORM, f"{FORM}; charset=gbk", MULTIPART]))
def test_any_bytes_are_values_or_a_fault_of_the_sender(body: bytes, content_type: str):
    answer = texts_or_status(content_type, body)

    assert answer in (400, 415) or all(text.encode() is not None for text in answer)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_every_text_arrives_as_it_was_sent(text: str):
    assert one(FORM, encoded(text, "utf-8")).text == text.removeprefix("\ufeff")
