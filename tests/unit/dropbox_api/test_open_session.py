"""What a session takes from the environment, once."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from shared.dropbox_api.open_session import open_session

URL = "https://content.dropboxapi.com/2/files/download"


def settings_of(session: requests.Session) -> dict[str, object]:
    """As a request gets them."""
    return dict(session.merge_environment_settings(URL, {}, None, None, None))


def test_the_environments_proxy_and_authorities_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/authorities.pem")

    settings = settings_of(open_session(4))

    assert (settings["proxies"], settings["verify"]) == (
        {"https": "http://proxy.example:3128"},
        "/etc/authorities.pem",
    )


def test_a_host_that_no_proxy_is_for_is_reached_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", ".dropboxapi.com")

    settings = settings_of(open_session(4))

    assert settings["proxies"] == {}


def test_certificates_are_verified_where_the_environment_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)

    settings = settings_of(open_session(4))

    assert settings["verify"] is True


def test_a_password_of_a_netrc_takes_no_tokens_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine content.dropboxapi.com login alice password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    request = requests.Request("POST", URL, headers={"Authorization": "Bearer token"})

    prepared = open_session(4).prepare_request(request)

    assert prepared.headers["Authorization"] == "Bearer token"
