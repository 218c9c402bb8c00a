"""A file is what its first bytes say; what could run in a browser is never taken."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evidence import names
from services.evidence.kinds import ENDING, FAMILY, MEDIA_TYPE, NotTaken, UnfitFile, kind_of
from services.lifecycle.evidence import FileKind
from tests.evidence import files

K = FileKind
KNOWN = {
    K.JPEG: files.JPEG,
    K.PNG: files.png(),
    K.WEBP: files.WEBP,
    K.HEIC: files.HEIC,
    K.PDF: files.PDF,
    K.AMR: files.AMR,
    K.MP3: files.MP3,
    K.M4A: files.M4A,
    K.WAV: files.WAV,
    K.MP4: files.MP4,
    K.MOV: files.MOV,
}
ACTIVE = {
    "page": b"<!DOCTYPE html><script>1</script>",
    "page with a picture's name": b"<html>\x89PNG\r\n\x1a\n",
    "page behind spaces": b"   \n<html>",
    "drawing": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='1'/>",
    "video with a page's head": b"<html>ftypisom",
    "script": b"#!/bin/sh\nrm -rf /",
    "program": b"MZ\x90\x00" + b"\x00" * 60,
    "elf": b"\x7fELF" + b"\x00" * 60,
    "moving picture": b"GIF89a/*" + b"\x00" * 60 + b"*/=1;alert(1)",
    "document of the nineties": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 60,
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0",
    "stars": b"SIMPLE  =                    T",
    "pdf that begins later": b"<html>%PDF-1.7",
    "riff of another kind": b"RIFF\x24\x00\x00\x00AVI LIST",
    "ftyp of another kind": b"\x00\x00\x00\x18ftypcrx \x00",
    "eicar": files.EICAR,
    "text": "聊天记录".encode(),
}


@pytest.mark.parametrize("kind", FileKind)
def test_every_kind_that_we_take_is_known_by_its_bytes(kind: FileKind):
    assert kind_of(KNOWN[kind]) is kind


@pytest.mark.parametrize("what", ACTIVE)
def test_what_is_none_of_them_is_not_taken(what: str):
    """UPL-01, UPL-04, UPL-05: where the bytes begin otherwise, the name is never asked."""
    with pytest.raises(NotTaken) as refused:
        kind_of(ACTIVE[what])

    assert refused.value.why is UnfitFile.UNKNOWN_KIND


@pytest.mark.parametrize(
    "archive", [files.ZIP, b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b"]
)
def test_an_archive_is_told_to_be_unpacked(archive: bytes):
    with pytest.raises(NotTaken) as refused:
        kind_of(archive)

    assert refused.value.why is UnfitFile.ARCHIVE


@given(head=st.binary(max_size=64))
def test_whatever_comes_is_one_of_ours_or_refused(head: bytes):
    with suppress(NotTaken):
        assert kind_of(head) in FileKind


def test_no_kind_is_served_as_something_active():
    assert set(MEDIA_TYPE) == set(ENDING) == set(FAMILY) == set(FileKind)
    assert {each.split("/")[0] for each in MEDIA_TYPE.values()} <= {"image", "audio", "video"} | {
        "application"
    }
    assert "image/svg+xml" not in MEDIA_TYPE.values()


@given(given_name=st.text())
def test_a_name_holds_nothing_unseen_and_no_folder(given_name: str):
    name = names.fit(given_name)

    assert len(name) <= names.CHARS_MAX
    assert all(sign.isprintable() or sign == " " for sign in name)
    assert not set(name) & set("/\\\u202e\u200b\x00")
    assert names.fit(name) == name


def test_names_keep_what_people_call_their_files():
    assert names.fit("C:\\Users\\dara\\聊天 记录.png") == "聊天 记录.png"
    assert names.fit("../../etc/passwd\0.jpg") == "passwd.jpg"
    assert names.fit("photo\u202egpj.exe") == "photogpj.exe"
    assert names.fit("图" * 300 + ".jpeg").endswith("….jpeg")
    assert names.fit("..") == ""
