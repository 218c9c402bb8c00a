import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.demo_reset import ASIDE, reset
from infra.settings import Settings, load
from infra.settings_reading import Faults
from infra.stack import only_one
from infra.stack_parts import DEMO


@pytest.fixture
def settings() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="redress-reset-") as home:
        Path(home).chmod(0o711)
        settings = load({"REDRESS_HOME": home})
        (settings.home / DEMO).write_text("{}")
        (settings.home / "mail").mkdir()
        (settings.home / "mail" / "old.eml").write_text("old")
        yield settings


def test_what_was_there_is_put_aside_and_keys_stay(settings: Settings):
    reset(settings)

    assert not (settings.home / DEMO).exists()
    assert not (settings.home / "mail").exists()
    assert (settings.home / f"mail{ASIDE}" / "old.eml").exists()
    assert (settings.home / "keys" / "secret-key").exists()


def test_a_second_reset_keeps_only_the_newer(settings: Settings):
    reset(settings)
    (settings.home / DEMO).write_text('{"second": true}')
    reset(settings)

    assert (settings.home / f"{DEMO}{ASIDE}").read_text() == '{"second": true}'


def test_nothing_is_reset_under_a_running_stack(settings: Settings):
    with only_one(settings.home), pytest.raises(Faults, match="running already"):
        reset(settings)

    assert (settings.home / DEMO).exists()


def test_nothing_is_reset_where_there_was_no_demo(settings: Settings):
    (settings.home / DEMO).unlink()

    with pytest.raises(Faults, match="no demo association"):
        reset(settings)

    assert (settings.home / "mail" / "old.eml").exists()
