"""Codes, tokens and the checks of an authorization request."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest

from local.dropbox_emulator import AUTO_IMPORT_APP, AuthorizationRefused
from local.dropbox_emulator.oauth.authorize import allow, deny, read_request
from local.dropbox_emulator.oauth.grants import ACCESS_TOKEN_SECONDS, Authorizations, GrantRefused
from testing.clocks import SecondsClock

APPS = {AUTO_IMPORT_APP.key: AUTO_IMPORT_APP}
REDIRECT_URI = AUTO_IMPORT_APP.redirect_uris[0]
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
PARAMETERS = {
    "client_id": AUTO_IMPORT_APP.key,
    "response_type": "code",
    "redirect_uri": REDIRECT_URI,
    "state": "the-state",
    "token_access_type": "offline",
    "scope": "files.metadata.read files.content.read",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


@pytest.fixture
def clock():
    return SecondsClock(1_000_000.0)


@pytest.fixture
def authorizations(clock):
    return Authorizations(clock)


@pytest.fixture
def code(authorizations):
    return allow(read_request(PARAMETERS, APPS), "dbid:alice", authorizations)[0]


def redeem(authorizations, code, **changes):
    arguments = {"app_key": AUTO_IMPORT_APP.key, "redirect_uri": REDIRECT_URI, "verifier": VERIFIER}
    return authorizations.redeem(code=code, has_secret=True, **(arguments | changes))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"client_id": "nobody"}, "client_id"),
        ({"redirect_uri": REDIRECT_URI + "/"}, "redirect_uri"),
        ({"redirect_uri": REDIRECT_URI + "?a=b"}, "redirect_uri"),
        ({"response_type": "token"}, "response_type"),
        ({"state": "s" * 501}, "state"),
        ({"state": "é" * 251}, "state"),
        ({"scope": "files.content.read sharing.write"}, "scope"),
        ({"scope": " "}, "scope"),
        ({"token_access_type": "eternal"}, "token_access_type"),
        ({"code_challenge": "short"}, "code_challenge"),
        ({"code_challenge_method": "S512"}, "code_challenge_method"),
    ],
)
def test_a_wrong_authorization_request_is_refused(change, reason):
    with pytest.raises(AuthorizationRefused, match=f"Invalid {reason}:"):
        read_request(PARAMETERS | change, APPS)


def test_without_scope_everything_registered_is_asked_for():
    parameters = {key: value for key, value in PARAMETERS.items() if key != "scope"}

    assert read_request(parameters, APPS).scopes == set(AUTO_IMPORT_APP.scopes)


def test_the_redirect_carries_code_and_state(authorizations):
    code, url = allow(read_request(PARAMETERS, APPS), "dbid:alice", authorizations)

    assert url.startswith(REDIRECT_URI + "?")
    assert parse_qs(urlsplit(url).query) == {"code": [code], "state": ["the-state"]}


def test_a_denial_is_told_with_the_state():
    query = parse_qs(urlsplit(deny(read_request(PARAMETERS, APPS))).query)

    assert (query["error"], query["state"]) == (["access_denied"], ["the-state"])
    assert "code" not in query


def test_a_code_works_once(authorizations, code):
    redeem(authorizations, code)

    with pytest.raises(GrantRefused, match="already been used"):
        redeem(authorizations, code)


def test_a_code_expires(authorizations, clock, code):
    clock.now += 601

    with pytest.raises(GrantRefused, match="expired"):
        redeem(authorizations, code)


@pytest.mark.parametrize(
    "change",
    [
        {"app_key": "another"},
        {"redirect_uri": "http://localhost:8000/other"},
        {"redirect_uri": None},
        {"verifier": "w" * 64},
        {"verifier": None},
    ],
)
def test_a_code_is_bound_to_its_request(authorizations, code, change):
    with pytest.raises(GrantRefused) as refused:
        redeem(authorizations, code, **change)

    assert refused.value.error == "invalid_grant"


def test_an_access_token_expires_and_a_refreshed_one_works(authorizations, clock, code):
    grant, first = redeem(authorizations, code)
    clock.now += ACCESS_TOKEN_SECONDS

    second = authorizations.refresh(AUTO_IMPORT_APP.key, grant.refresh_token, None, has_secret=True)

    assert authorizations.is_expired(authorizations.find(first))
    assert not authorizations.is_expired(authorizations.find(second))


def test_refreshing_can_narrow_but_not_widen(authorizations, code):
    grant, _ = redeem(authorizations, code)
    narrow, wide = frozenset({"files.content.read"}), frozenset({"files.content.write"})

    token = authorizations.refresh(AUTO_IMPORT_APP.key, grant.refresh_token, narrow, has_secret=True)

    assert authorizations.find(token).scopes == narrow
    with pytest.raises(GrantRefused):
        authorizations.refresh(AUTO_IMPORT_APP.key, grant.refresh_token, wide, has_secret=True)


def test_an_app_that_used_its_secret_needs_it_to_refresh(authorizations, code):
    grant, _ = redeem(authorizations, code)

    with pytest.raises(GrantRefused, match="invalid_client"):
        authorizations.refresh(AUTO_IMPORT_APP.key, grant.refresh_token, None, has_secret=False)


def test_revoking_kills_every_token_of_the_grant(authorizations, code):
    grant, first = redeem(authorizations, code)
    second = authorizations.refresh(AUTO_IMPORT_APP.key, grant.refresh_token, None, has_secret=True)

    authorizations.revoke_grant(grant)

    assert authorizations.find(first) is None
    assert authorizations.find(second) is None
    assert authorizations.linked_apps("dbid:alice") == set()
    with pytest.raises(GrantRefused, match="revoked"):
        authorizations.refresh(AUTO_IMPORT_APP.key, grant.refresh_token, None, has_secret=True)


def test_an_online_grant_has_no_refresh_token(authorizations):
    request = read_request(PARAMETERS | {"token_access_type": "online"}, APPS)
    code, _ = allow(request, "dbid:alice", authorizations)

    grant, _ = redeem(authorizations, code)

    assert grant.refresh_token is None
