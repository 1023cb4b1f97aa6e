"""Step 2: anybody may call it with anything; it always ends on the host's page, and links nothing."""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest

from tests.integration.conftest import HOST_SETTINGS_URL
from tests.integration.oauth_callback.conftest import Linking, delete_table


def test_brings_the_browser_back_with_a_handle(linking: Linking) -> None:
    answer = linking.redirect(linking.consented())

    assert set(linking.returned(answer)) == {"handle"}
    assert linking.link_rows() == {}


def test_keeps_the_code_encrypted_and_the_handle_as_a_hash(linking: Linking) -> None:
    query = linking.consented()

    handle = linking.returned(linking.redirect(query))["handle"]

    row = linking.attempt()
    code = parse_qs(query)["code"][0]
    assert code.encode() not in row.encrypted_code
    assert handle.partition(".")[2] not in str(row.attribute_values)


def test_what_the_hosts_page_has_of_a_query_and_a_fragment_stays(linking: Linking) -> None:
    linking.composition.host_settings_url = f"{HOST_SETTINGS_URL}?tab=dropbox&x#links"

    answer = linking.redirect("")

    assert answer["headers"]["Location"] == f"{HOST_SETTINGS_URL}?tab=dropbox&x#links&error=invalid_request"


def test_a_replayed_state_links_nothing(linking: Linking) -> None:
    query = linking.consented()
    linking.redirect(query)

    answer = linking.redirect(query)

    assert linking.returned(answer) == {"error": "already_used"}


def test_a_replay_leaves_the_first_handle_as_it_was(linking: Linking) -> None:
    query = linking.consented()
    handle = linking.returned(linking.redirect(query))["handle"]
    linking.redirect(query)

    answer = linking.confirm(handle)

    assert answer["statusCode"] == 200


def test_an_expired_state_links_nothing(linking: Linking) -> None:
    query = linking.consented()
    linking.clock.advance(minutes=10)

    answer = linking.redirect(query)

    assert linking.returned(answer) == {"error": "expired"}
    assert linking.attempt().encrypted_code is None


def test_a_user_who_denies_ends_the_attempt(linking: Linking) -> None:
    url = linking.authorize_url()
    query = urlsplit(linking.emulator.consent(url, linking.account, allow=False)).query

    answers = [linking.redirect(query), linking.redirect(_with(query, code="a", error=None))]

    assert [linking.returned(answer) for answer in answers] == [
        {"error": "access_denied"},
        {"error": "already_used"},
    ]
    assert linking.attempt().code_verifier is None


@pytest.mark.parametrize("error", ["server_error", "invalid_scope", "", "é" * 100, "x" * 5000])
def test_any_other_error_of_dropbox_is_told_apart_from_a_denial(error: str, linking: Linking) -> None:
    query = _with(linking.consented(), code=None, error=error)

    answer = linking.redirect(query)

    assert linking.returned(answer) == {"error": "dropbox_error"}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "&&&",
        "state",
        "state=",
        "code=abc",
        "code=abc&state=",
        "error=access_denied",
        "code=abc&state=unknown",
        f"code=abc&state={'0' * 32}.{'a' * 43}",
        f"code=abc&state={'x' * 5000}",
        "code=abc&state=%C3%A9%E2%98%83",
        "code=abc&state=%ff%fe%00",
        "code=abc&state=" + "." * 76,
        "a=1&" * 1000,
        "%",
        "\ud800",
    ],
)
def test_a_call_without_a_state_of_ours_is_refused_safely(query: str, linking: Linking) -> None:
    answer = linking.redirect(query)

    assert linking.returned(answer) == {"error": "invalid_request"}


def test_a_known_attempt_does_not_open_with_another_secret(linking: Linking) -> None:
    query = linking.consented()
    state = parse_qs(query)["state"][0]
    guess = state[:-1] + ("a" if state[-1] != "a" else "b")

    answer = linking.redirect(_with(query, state=guess))

    assert linking.returned(answer) == {"error": "invalid_request"}
    assert "handle" in linking.returned(linking.redirect(query))


@pytest.mark.parametrize("code", [None, "", "x" * 5000, "é", "a b", "a\nb", "\x00"])
def test_a_code_that_cannot_be_one_is_refused_safely(code: str | None, linking: Linking) -> None:
    query = _with(linking.consented(), code=code)

    answer = linking.redirect(query)

    assert linking.returned(answer) == {"error": "invalid_request"}
    assert linking.attempt().encrypted_code is None


@pytest.mark.parametrize("name", ["code", "state"])
def test_a_parameter_given_twice_is_refused_safely(name: str, linking: Linking) -> None:
    query = linking.consented()

    answer = linking.redirect(f"{query}&{name}={parse_qs(query)[name][0]}")

    assert linking.returned(answer) == {"error": "invalid_request"}


def test_an_error_given_twice_is_refused_safely(linking: Linking) -> None:
    query = _with(linking.consented(), code=None, error="access_denied")

    answer = linking.redirect(f"{query}&error=access_denied")

    assert linking.returned(answer) == {"error": "invalid_request"}


def test_an_aws_that_fails_asks_to_try_again(linking: Linking) -> None:
    query = linking.consented()
    delete_table("link_attempts")

    answer = linking.redirect(query)

    assert linking.returned(answer) == {"error": "try_again"}


def test_nothing_of_the_query_reaches_the_log(linking: Linking) -> None:
    query = linking.consented()
    linking.redirect(_with(query, state="s3cret-state"))
    linking.redirect(_with(query, code="s3cret\ncode"))
    handle = linking.returned(linking.redirect(query))["handle"]

    logged = linking.log.getvalue()

    fields = parse_qs(query)
    assert fields["state"][0].partition(".")[0] in logged
    for secret in (
        "s3cret",
        fields["code"][0],
        fields["state"][0].partition(".")[2],
        handle.partition(".")[2],
    ):
        assert secret not in logged


def _with(query: str, **changed: str | None) -> str:
    """The query with some parameters replaced, added or (None) left out."""
    fields = dict(parse_qsl(query)) | changed
    return urlencode({name: value for name, value in fields.items() if value is not None})
