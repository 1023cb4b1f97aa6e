"""Step 1: who may link what, and where the browser is sent."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.oauth_callback import handler
from tests.http_events import http_event
from tests.integration.conftest import AUTHORIZE_URL, CALLBACK_URL
from tests.integration.oauth_callback.conftest import ALICE, BOB, Linking, delete_table

COMPOSED = handler.composed
ADMINISTRATOR = ALICE | {"role": "administrator", "plan": "team"}


def test_sends_the_browser_to_dropbox_with_minimal_scopes_and_a_challenge(linking: Linking) -> None:
    answer = linking.start()

    assert answer["statusCode"] == 201
    assert answer["headers"]["Cache-Control"] == "no-store"
    url = json.loads(answer["body"])["authorize_url"]
    assert url.startswith(f"{AUTHORIZE_URL}?")
    query = parse_qs(urlsplit(url).query)
    assert query["redirect_uri"] == [CALLBACK_URL]
    assert query["token_access_type"] == ["offline"]
    assert query["code_challenge_method"] == ["S256"]
    assert query["scope"][0].split() == [
        "account_info.read",
        "files.metadata.read",
        "files.content.read",
        "files.content.write",
    ]
    assert len(query["state"][0].encode()) <= 500


@pytest.mark.parametrize("key", ["", "/dropbox"])
def test_without_a_setting_the_browser_is_to_come_back_to_the_address_that_was_called(
    linking: Linking, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("CALLBACK_URL", "")
    monkeypatch.setattr(handler, "composed", COMPOSED)
    for cached in (handler._settings, handler._composed_for):
        cached.cache_clear()
    event = http_event("POST /links", body='{"purpose": "auto_import"}', claims=ALICE)
    event["requestContext"]["domainName"] = "api.example.org"
    event["rawPath"] = f"{key}/links"

    answer = linking.call(event)

    query = parse_qs(urlsplit(json.loads(answer["body"])["authorize_url"]).query)
    assert query["redirect_uri"] == [f"https://api.example.org{key}/oauth/callback"]


def test_keeps_the_attempt_for_ten_minutes_with_its_state_as_a_hash(linking: Linking) -> None:
    url = linking.authorize_url()

    row = linking.attempt()
    secret = parse_qs(urlsplit(url).query)["state"][0].partition(".")[2]
    assert (row.user_id, row.company_id, row.purpose) == ("alice", "atelier", "auto_import")
    assert secret not in str(row.attribute_values)
    assert 43 <= len(row.code_verifier) <= 128
    assert row.code_verifier not in url
    assert row.ttl > linking.clock().timestamp() + 600


def test_every_attempt_has_a_state_and_a_challenge_of_its_own(linking: Linking) -> None:
    queries = [parse_qs(urlsplit(linking.authorize_url()).query) for _ in range(2)]

    assert queries[0]["state"] != queries[1]["state"]
    assert queries[0]["code_challenge"] != queries[1]["code_challenge"]


def test_an_employee_may_not_link_the_companys_dropbox(linking: Linking) -> None:
    answer = linking.start(ADMINISTRATOR | {"role": "employee"}, purpose="synchronisation")

    assert linking.error(answer) == (403, "not_administrator")


@pytest.mark.parametrize("plan", ["solo", "", "TEAM"])
def test_synchronisation_needs_a_larger_plan(plan: str, linking: Linking) -> None:
    answer = linking.start(ADMINISTRATOR | {"plan": plan}, purpose="synchronisation")

    assert linking.error(answer) == (403, "plan_required")


def test_a_purpose_without_a_dropbox_app_is_refused_clearly(linking: Linking) -> None:
    linking.composition.start_link = replace(linking.composition.start_link, apps={})

    answer = linking.start(ADMINISTRATOR, purpose="synchronisation")

    assert linking.error(answer) == (403, "purpose_unavailable")


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        "garbage",
        "[]",
        "null",
        '"auto_import"',
        "{}",
        '{"purpose": null}',
        '{"purpose": ["auto_import"]}',
        '{"purpose": "AUTO_IMPORT"}',
        '{"purpose": "job"}',
        '{"purpose": "\\ud800"}',
        "[" * 4000,
        "\ud800",
    ],
)
def test_a_request_that_names_no_purpose_is_malformed(body: str | None, linking: Linking) -> None:
    answer = linking.post("/links", body, ALICE)

    assert linking.error(answer) == (400, "invalid_request")


def test_a_giant_request_is_answered_413(linking: Linking) -> None:
    answer = linking.post("/links", '{"purpose": "auto_import"}' + " " * 100_000, ALICE)

    assert linking.error(answer) == (413, "invalid_request")


def test_a_body_in_base64_is_understood(linking: Linking) -> None:
    answer = linking.post("/links", "eyJwdXJwb3NlIjogImF1dG9faW1wb3J0In0=", ALICE, base64_encoded=True)

    assert answer["statusCode"] == 201


def test_what_claims_to_be_base64_and_is_not_is_malformed(linking: Linking) -> None:
    answer = linking.post("/links", "~~~", ALICE, base64_encoded=True)

    assert linking.error(answer) == (400, "invalid_request")


@pytest.mark.parametrize(
    "claims", [None, {}, {"sub": "alice"}, {"company_id": "atelier"}, ALICE | {"sub": ""}]
)
def test_nobody_links_without_a_session(claims: dict[str, str] | None, linking: Linking) -> None:
    answer = linking.post("/links", '{"purpose": "auto_import"}', claims)

    assert linking.error(answer) == (401, "not_signed_in")


def test_a_refusal_speaks_the_users_language(linking: Linking) -> None:
    answer = linking.start(ALICE | {"locale": "fr-FR"}, purpose="synchronisation")

    assert "administrateur" in json.loads(answer["body"])["error"]["message"]


def test_an_aws_that_fails_asks_to_try_again(linking: Linking) -> None:
    delete_table("link_attempts")

    answer = linking.start()

    assert linking.error(answer) == (503, "try_again")


def test_who_starts_links_in_a_loop_is_told_to_wait_and_nobody_else_is(linking: Linking) -> None:
    answers = [linking.start() for _ in range(21)]

    theirs = linking.start(BOB)

    assert [answer["statusCode"] for answer in answers] == [201] * 20 + [429]
    assert 0 < int(answers[-1]["headers"]["Retry-After"]) <= 60
    assert linking.error(answers[-1]) == (429, "too_many_requests")
    assert theirs["statusCode"] == 201
