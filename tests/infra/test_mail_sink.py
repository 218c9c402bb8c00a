import http.client
import smtplib
import sys
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from infra.mail_sink_page import read, text
from infra.processes import Command, answers, end, free_port, spawn
from tests.infra.waiting import until

SMTP, HTTP = "smtp", "http"
Ports = dict[str, int]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sink") / "mail"


@pytest.fixture(scope="module")
async def sink(folder: Path) -> AsyncIterator[Ports]:
    ports = {SMTP: free_port(), HTTP: free_port()}
    given = (f"--folder={folder}", f"--smtp-port={ports[SMTP]}", f"--http-port={ports[HTTP]}")
    command = Command(argv=(sys.executable, "-m", "infra.mail_sink", *given))
    with (folder.parent / "log").open("wb") as log:
        process = spawn(command, log)
    await until(lambda: answers("127.0.0.1", ports[SMTP]) and answers("127.0.0.1", ports[HTTP]))
    yield ports
    end(process, command)


def test_a_mail_is_a_file_before_it_is_accepted(sink: Ports, folder: Path):
    send(
        sink,
        letter("催告函", "请于12月4日前答复。"),
        to=["merchant@shop.example", "ana@acme.example"],
    )

    kept = read(newest(folder))
    assert kept["Subject"] == "催告函"
    assert kept.get_all("X-Original-To") == ["merchant@shop.example", "ana@acme.example"]
    assert text(kept).strip() == "请于12月4日前答复。"


def test_the_list_and_the_mail_can_be_read(sink: Ports, folder: Path):
    send(sink, letter("还款提醒", "链接 http://localhost:8000/s/2026-1147"))
    name = newest(folder).name

    assert "还款提醒" in get(sink, "/").body
    shown = get(sink, f"/mails/{name}").body
    assert '<a href="http://localhost:8000/s/2026-1147"' in shown
    assert "Content-Transfer-Encoding" in get(sink, f"/mails/{name}/raw").body


def test_markup_in_a_mail_stays_text(sink: Ports, folder: Path):
    send(sink, letter("<script>alert(1)</script>", "<img src=x onerror=alert(1)>"))

    shown = get(sink, "/").body + get(sink, f"/mails/{newest(folder).name}").body

    assert "<script>" not in shown
    assert "<img" not in shown
    assert "default-src 'none'" in get(sink, "/").policy


def test_a_charset_that_nobody_knows_is_shown_all_the_same(sink: Ports, folder: Path):
    strange = letter("x", "hello").as_bytes().replace(b'charset="utf-8"', b'charset="klingon"')
    with smtplib.SMTP("127.0.0.1", sink[SMTP]) as client:
        client.sendmail("a@acme.example", ["b@acme.example"], strange)

    assert "hello" in get(sink, f"/mails/{newest(folder).name}").body


@pytest.mark.parametrize("path", ["/mails/../log", "/mails/x.eml", "/../../etc/passwd", "/mails/"])
def test_no_path_leads_out_of_the_folder(sink: Ports, path: str):
    assert get(sink, path).status == 404


def test_a_web_site_cannot_read_it_under_a_name_of_its_own(sink: Ports):
    assert get(sink, "/", host="evil.example").status == 403


class Answer:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.policy = response.headers["Content-Security-Policy"]
        self.body = response.read().decode()


def get(sink: Ports, path: str, host: str = "localhost") -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", sink[HTTP], timeout=5)
    connection.request("GET", path, headers={"Host": f"{host}:{sink[HTTP]}"})
    answer = Answer(connection.getresponse())
    connection.close()
    return answer


def letter(subject: str, words: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = subject, "redress@acme.example"
    mail.set_content(words)
    return mail


def send(sink: Ports, mail: EmailMessage, to: list[str] | None = None) -> None:
    with smtplib.SMTP("127.0.0.1", sink[SMTP]) as client:
        client.sendmail("redress@acme.example", to or ["dara@mail.example"], mail.as_bytes())


def newest(folder: Path) -> Path:
    return max(folder.glob("*.eml"))
