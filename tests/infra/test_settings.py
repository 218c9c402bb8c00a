import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.settings import RUNNING, load
from infra.settings_reading import Faults, own_file

KEY = "ab" * 32


def faults_of(environ: dict[str, str]) -> set[str]:
    with pytest.raises(Faults) as raised:
        load(environ)
    return {fault.name for fault in raised.value.faults}


def here(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"REDRESS_HOME": str(tmp_path / "home"), **more}


def public(tmp_path: Path, **more: str) -> dict[str, str]:
    key_file = tmp_path / "key"
    key_file.write_text(KEY)
    key_file.chmod(0o600)
    return here(
        tmp_path,
        REDRESS_PUBLIC_URL="https://help.example.org",
        REDRESS_SECRET_KEY="s" * 32,
        REDRESS_KEY_FILE=str(key_file),
        REDRESS_SMTP_URL="smtps://mail.example.org",
        REDRESS_MAIL_FROM="help@example.org",
        **more,
    )


def test_development_needs_nothing_and_makes_its_keys_once(tmp_path: Path):
    first, second = load(here(tmp_path)), load(here(tmp_path))

    assert first.development
    assert first.secret_key == second.secret_key != first.master_key
    assert (tmp_path / "home/keys/secret-key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "home/keys").stat().st_mode & 0o777 == 0o700


def test_of_two_that_begin_at_once_both_get_the_first_ones_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    first = own_file(tmp_path / "keys" / "secret-key")

    with monkeypatch.context() as at_once:
        at_once.setattr(Path, "exists", lambda _self: False)
        second = own_file(tmp_path / "keys" / "secret-key")

    assert second == first
    assert len(list((tmp_path / "keys").iterdir())) == 1


def test_all_faults_are_told_together_each_with_a_remedy(tmp_path: Path):
    environ = here(
        tmp_path,
        REDRESS_PUBLIC_URL="https://help.example.org",
        REDRESS_PORT="eighty",
        REDRESS_TEMPORAL_ADDRESS="temporal",
        REDRESS_DATABASE_URL="mysql://there",
        REDRESS_DATABSE_URL="postgresql://there",
    )

    with pytest.raises(Faults) as raised:
        load(environ)

    faults = raised.value.faults
    assert {fault.name for fault in faults} == {
        "REDRESS_PORT", "REDRESS_TEMPORAL_ADDRESS", "REDRESS_DATABASE_URL", "REDRESS_DATABSE_URL",
        "REDRESS_SECRET_KEY", "REDRESS_KEY_FILE", "REDRESS_SMTP_URL",
    }  # fmt: skip
    assert all(fault.remedy for fault in faults)
    assert "did you mean REDRESS_DATABASE_URL?" in str(raised.value)


def test_a_public_address_with_everything_it_needs_is_no_development(tmp_path: Path):
    settings = load(public(tmp_path))

    assert not settings.development
    assert settings.master_key.hex() == KEY
    assert not (tmp_path / "home" / "keys").exists()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "８０", "80 80", "0x50"])
def test_what_is_no_port_is_refused(tmp_path: Path, port: str):
    assert faults_of(here(tmp_path, REDRESS_PORT=port)) == {"REDRESS_PORT"}


@pytest.mark.parametrize(
    "address", ["http://help.example.org", "ftp://x", "https://x/path", "help"]
)
def test_an_address_that_would_betray_passwords_or_is_none_is_refused(tmp_path: Path, address: str):
    assert "REDRESS_PUBLIC_URL" in faults_of(here(tmp_path, REDRESS_PUBLIC_URL=address))


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "192.168.1.7", "[::1]:8000"])
def test_plain_http_is_fine_in_the_same_room(tmp_path: Path, host: str):
    assert load(here(tmp_path, REDRESS_PUBLIC_URL=f"http://{host}")).development


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path):
    environ = public(tmp_path)
    (tmp_path / "key").chmod(0o644)

    assert faults_of(environ) == {"REDRESS_KEY_FILE"}


@pytest.mark.parametrize("content", ["", "ab", "zz" * 32, "ab" * 31])
def test_a_key_file_without_a_key_is_refused(tmp_path: Path, content: str):
    environ = public(tmp_path)
    (tmp_path / "key").write_text(content)

    assert faults_of(environ) == {"REDRESS_KEY_FILE"}


def test_a_short_secret_is_refused(tmp_path: Path):
    assert faults_of(public(tmp_path) | {"REDRESS_SECRET_KEY": "secret"}) == {"REDRESS_SECRET_KEY"}


def test_a_certificate_without_its_key_is_refused(tmp_path: Path):
    (tmp_path / "cert").write_text("x")
    environ = here(tmp_path, REDRESS_TEMPORAL_TLS_CERT=str(tmp_path / "cert"))

    assert faults_of(environ) == {"REDRESS_TEMPORAL_TLS_CERT"}


def test_the_three_log_ins_follow_from_one_address(tmp_path: Path):
    url = "postgresql://redress_app:p%40ss@db.example.org:5433/redress?sslmode=require"

    database = load(here(tmp_path, REDRESS_DATABASE_URL=url)).database

    assert database.app == url
    assert database.worker == url.replace("redress_app", "redress_worker")
    assert database.public == url.replace("redress_app", "redress_public")


def test_without_any_database_the_remedy_is_told(tmp_path: Path):
    settings = load(here(tmp_path))

    with pytest.raises(Faults, match="redress up"):
        _ = settings.database
    with pytest.raises(Faults, match="redress up"):
        _ = settings.temporal


def test_a_running_stack_is_found_and_a_dead_one_is_not(tmp_path: Path):
    run = tmp_path / "home" / RUNNING
    run.parent.mkdir(parents=True)
    left = {"REDRESS_TEMPORAL_ADDRESS": "127.0.0.1:7233"}

    run.write_text(json.dumps({"pid": os.getpid(), "environment": left}))
    assert load(here(tmp_path)).temporal.address == "127.0.0.1:7233"

    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    run.write_text(json.dumps({"pid": ended.pid, "environment": left}))
    assert load(here(tmp_path)).temporal_or_none is None


def test_no_secret_shows_when_settings_are_printed(tmp_path: Path):
    url = "postgresql://redress_app:hunter2@db/redress"

    shown = repr(
        load(public(tmp_path, REDRESS_DATABASE_URL=url, REDRESS_TEMPORAL_API_KEY="topsecret"))
    )

    assert not [secret for secret in ("hunter2", "topsecret", "s" * 32, KEY) if secret in shown]


def test_each_purpose_has_a_key_of_its_own(tmp_path: Path):
    settings = load(here(tmp_path))

    assert settings.key("links") == settings.key("links") != settings.key("forms")
    assert len(settings.key("links")) == 32
