"""Short messages leave by one port: a web hook, or the mail sink where people look for them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from infra import sms
from infra.mail import MailAway, MailRefused, NoSuchAddress
from infra.sms import Sms
from tests.infra.mail_server import mail_server

TEXT = Sms(id="<a@redress.test>", sender="desk@acme.example", to="13800006021", text="验证码123456")


@dataclass
class Heard:
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def hook(status: int = 200, location: str = "") -> Iterator[tuple[str, Heard]]:
    heard = Heard()

    class Provider(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            heard.headers.append(dict(self.headers))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(b"queued-7")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Provider)
    serving = threading.Thread(target=server.serve_forever, args=(0.05,))
    serving.start()
    try:
        yield f"http://redress:s%40fe@127.0.0.1:{server.server_port}/send", heard
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


async def test_the_hook_gets_number_text_and_name_and_its_word_is_the_proof():
    with hook() as (url, heard):
        accepted = await sms.send(TEXT, url)

    assert heard.bodies == [{"id": TEXT.id, "to": "13800006021", "text": "验证码123456"}]
    assert heard.headers[0]["Authorization"] == "Bearer s@fe"
    assert heard.headers[0]["Idempotency-Key"] == TEXT.id
    assert (accepted.answer, accepted.to) == ("queued-7", ("13800006021",))


@pytest.mark.parametrize(
    ("status", "told"), [(400, MailRefused), (403, MailRefused), (429, MailAway), (503, MailAway)]
)
async def test_a_no_for_good_is_final_and_any_other_is_tried_again(
    status: int, told: type[Exception]
):
    with hook(status) as (url, _), pytest.raises(told):
        await sms.send(TEXT, url)


async def test_a_hook_that_points_elsewhere_is_not_followed():
    with (
        hook() as (elsewhere, heard),
        hook(307, elsewhere) as (url, _),
        pytest.raises(MailAway),
    ):
        await sms.send(TEXT, url)

    assert heard.bodies == []


async def test_a_hook_that_is_away_is_waited_for():
    with pytest.raises(MailAway):
        await sms.send(TEXT, "http://127.0.0.1:1/send")


async def test_in_development_it_is_read_in_the_mail_sink():
    async with mail_server() as server:
        await sms.send(TEXT, server.url)

    [mail] = server.mails
    assert mail["To"] == "13800006021@sms.localhost"
    assert "123456" in mail.get_content()


def test_a_landline_takes_no_short_message():
    for given in ("010-66668888", "12315", "", "138 0000"):
        with pytest.raises(NoSuchAddress):
            sms.number(given)
    assert sms.number("+85212345678") == "+85212345678"
    assert replace(TEXT, to=sms.number("13800006021")) == TEXT
