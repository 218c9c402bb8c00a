"""What may be a password: any signs, twelve at least, and nothing that is tried first."""

import asyncio
import threading
import unicodedata
from datetime import timedelta

import pytest

from services.tenants import passwords
from services.tenants.refusals import Denial, Denied
from tests.tenants.people import PASSWORD

ABOUT = ("青山市消费者协会", "qingshan", "ana.liu@acme.example", "Ana Liu")


@pytest.mark.parametrize(
    "password",
    [
        "three quiet herons at dawn",
        "       spaces count, too",
        "竹林深处有一座旧石桥和风",
        "kV9#xq2!Lw7@",
        "🦉🦢🐢🦔🐝🦋🐙🦀🐳🦜🦩🦚",
        "correct horse battery staple",
        "x7 " * 3 + "Zq4 " + "w" * 3 + "m1-p",
    ],
)
def test_long_and_unlikely_is_all_we_ask(password: str):
    assert passwords.fault(password, about=ABOUT) is None


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Passw0rd2026!",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "woaini5201314",
        "123456789012",
        "abcdefghijklmnop",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "xy7xy7xy7xy7xy7",
        "20261124-20261124",
        "qingshan2026!!",
        "Qingshan12315tousu",
        "ana.liu@acme.example",
        "AnaLiu19900101",
        "青山市消费者协会2026！",
        "消费者维权投诉消费者维权投诉",
        "ｐａｓｓｗｏｒｄ１２３４",
        "admin-admin-admin",
    ],
)
def test_names_habits_and_runs_are_guessed_first(password: str):
    assert passwords.fault(password, about=ABOUT) is Denial.PASSWORD_COMMON


def test_signs_are_counted_as_people_see_them():
    decomposed = unicodedata.normalize("NFD", "éàüöçñéàüöç")
    assert len(decomposed) == 22

    assert passwords.fault(decomposed) is Denial.PASSWORD_TOO_SHORT


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", Denial.PASSWORD_TOO_SHORT),
        ("kV9#xq2!Lw7", Denial.PASSWORD_TOO_SHORT),
        ("kV9#xq2!" * 128 + "x", Denial.PASSWORD_TOO_LONG),
        ("e\u0301" * 1_000_000, Denial.PASSWORD_TOO_LONG),
        ("kV9#xq2!Lw7@\ud800", Denial.PASSWORD_UNREADABLE),
    ],
)
def test_what_cannot_be_a_password_is_said(password: str, why: Denial):
    assert passwords.fault(password) is why


async def test_the_same_signs_typed_another_way_are_the_same_password():
    stored = await passwords.hash_of(unicodedata.normalize("NFC", "drei müde Bären am Fluss"))

    assert await passwords.matches(stored, unicodedata.normalize("NFD", "drei müde Bären am Fluss"))
    assert not await passwords.matches(stored, "drei mude Baren am Fluss")


async def test_a_long_password_counts_to_its_last_sign():
    long = "kV9#xq2!" * 128
    stored = await passwords.hash_of(long)

    assert await passwords.matches(stored, long)
    assert not await passwords.matches(stored, long[:-1] + "?")
    assert not await passwords.matches(stored, long + "x" * 9_000)


@pytest.mark.parametrize("password", ["", "x", "\x00", "\ud800"])
async def test_nobodys_hash_fits_no_password(password: str):
    assert not await passwords.matches(None, password)


async def test_at_most_four_passwords_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch):
    running: list[int] = []
    most = 0

    def slow(*_: object) -> bool:
        nonlocal most
        running.append(1)
        most = max(most, len(running))
        done.wait(0.05)
        running.pop()
        return False

    done = threading.Event()
    monkeypatch.setattr(passwords, "_verified", slow)
    await asyncio.gather(*(passwords.matches(None, PASSWORD) for _ in range(12)))

    assert most == passwords.AT_ONCE


async def test_whoever_waits_too_long_for_a_turn_is_told(monkeypatch: pytest.MonkeyPatch):
    held = threading.Event()
    monkeypatch.setattr(passwords, "_verified", lambda *_: held.wait(10) or True)
    monkeypatch.setattr(passwords, "PATIENCE", timedelta(milliseconds=50))

    with pytest.raises(Denied) as denied:
        await passwords.matches(None, PASSWORD)
    held.set()

    assert denied.value.why is Denial.TOO_BUSY
