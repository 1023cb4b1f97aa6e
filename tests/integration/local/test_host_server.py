"""The stand-in's server: what reaches the pages and what does not."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
import requests

from local.errors import PortTaken
from local.host import Host
from local.host_app.messages import Request, Response, plain
from local.host_app.server import LoopbackServer

TIMEOUT = 10


class Pages:
    """Notes what arrives."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    def respond(self, request: Request) -> Response:
        self.requests.append(request)
        return plain("Seen.", 200)


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def url(pages: Pages) -> Iterator[str]:
    with LoopbackServer(pages.respond) as server:
        yield server.url


def test_a_form_arrives_with_its_fields_cookies_and_origin(url: str, pages: Pages) -> None:
    requests.post(
        f"{url}/a?page=2",
        data={"merchant": "Café & Co"},
        cookies={"jenji_session": "key"},
        headers={"Origin": url},
        timeout=TIMEOUT,
    )

    assert pages.requests == [
        Request("POST", "/a", {"page": "2"}, {"merchant": "Café & Co"}, {"jenji_session": "key"}, url)
    ]


def test_another_name_of_this_machine_is_not_served(url: str, pages: Pages) -> None:
    answer = requests.get(url, headers={"Host": "evil.example"}, timeout=TIMEOUT)

    assert answer.status_code == 421
    assert not pages.requests


def test_a_form_too_large_is_refused(url: str, pages: Pages) -> None:
    answer = requests.post(url, data={"merchant": "x" * 70_000}, timeout=TIMEOUT)

    assert answer.status_code == 400
    assert not pages.requests


def test_answers_are_kept_by_nobody_and_taken_for_what_they_are(url: str) -> None:
    answer = requests.get(url, timeout=TIMEOUT)

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_taken_port_is_said_so() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PortTaken):
            Host(other.getsockname()[1]).__enter__()


def test_a_host_that_is_not_open_yet_serves_its_keys_and_no_page() -> None:
    with Host() as host:
        keys = requests.get(f"{host.issuer}/.well-known/jwks.json", timeout=TIMEOUT)
        page = requests.get(host.settings_url, timeout=TIMEOUT)

    assert keys.json()["keys"][0]["alg"] == "RS256"
    assert page.status_code == 503
