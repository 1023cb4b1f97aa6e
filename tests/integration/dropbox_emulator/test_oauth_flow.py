"""Linking through the pages and the token endpoint, clicked, scripted and with the SDK's own flow."""

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import dropbox
import pytest
import requests
from dropbox.exceptions import AuthError, BadInputError

from local.dropbox_emulator import AUTO_IMPORT_APP, AuthorizationRefused

REDIRECT_URI = AUTO_IMPORT_APP.redirect_uris[0]
# The SDK computes expiry times with a function that Python deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")


def authorize_url(emulator, **changes):
    parameters = {
        "client_id": AUTO_IMPORT_APP.key,
        "response_type": "code",
        "redirect_uri": REDIRECT_URI,
        "state": "s & t",
        "token_access_type": "offline",
    }
    return f"{emulator.url}/oauth2/authorize?{urlencode(parameters | changes)}"


def click(url, **form):
    return requests.post(url, data=form, allow_redirects=False, timeout=5)


def exchange(emulator, auth=None, **form):
    return requests.post(f"{emulator.url}/oauth2/token", data=form, auth=auth, timeout=5)


def with_secret(**form):
    return {"client_id": AUTO_IMPORT_APP.key, "client_secret": AUTO_IMPORT_APP.secret, **form}


def code_of(location):
    return parse_qs(urlsplit(location).query)["code"][0]


def test_the_page_asks_and_names_app_scopes_and_accounts(emulator, alice):
    page = requests.get(authorize_url(emulator, scope="files.metadata.read"), timeout=5)

    assert page.status_code == 200
    for text in ("Jenji", "files.metadata.read", "Alice Martin", "Allow", "Cancel"):
        assert text in page.text
    assert "files.content.write" not in page.text


def test_the_page_escapes_what_it_shows(emulator):
    emulator.add_account("mallory", display_name="<script>alert(1)</script>", email='"><img src=x>')

    page = requests.get(authorize_url(emulator), timeout=5).text

    assert "<script>" not in page
    assert "<img" not in page


def test_clicking_allow_leads_back_with_a_code_that_links(emulator, alice):
    answer = click(authorize_url(emulator), decision="allow", account=alice.id)

    location = answer.headers["Location"]
    assert answer.status_code == 302
    assert location.startswith(REDIRECT_URI)
    assert parse_qs(urlsplit(location).query)["state"] == ["s & t"]
    token = exchange(
        emulator,
        **with_secret(grant_type="authorization_code", code=code_of(location), redirect_uri=REDIRECT_URI),
    ).json()
    assert (token["account_id"], token["expires_in"], token["token_type"]) == (alice.id, 14400, "bearer")
    assert token["refresh_token"]
    assert "/Apps/Jenji" in alice.folders()


def test_clicking_cancel_leads_back_with_an_error(emulator, alice):
    location = click(authorize_url(emulator), decision="deny").headers["Location"]

    query = parse_qs(urlsplit(location).query)
    assert (query["error"], query["state"]) == (["access_denied"], ["s & t"])
    assert emulator.authorizations.linked_apps(alice.id) == set()


@pytest.mark.parametrize(
    "change",
    [{"client_id": "nobody"}, {"redirect_uri": "http://evil.example/"}, {"scope": "team_data.member"}],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_request_shows_an_error_and_redirects_nowhere(emulator, alice, change, method):
    form = {"decision": "allow", "account": alice.id}

    answer = requests.request(
        method, authorize_url(emulator, **change), data=form, allow_redirects=False, timeout=5
    )

    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "<h1>Error (400)</h1>" in answer.text


def test_without_a_redirect_uri_the_code_is_shown(emulator, alice):
    url = f"{emulator.url}/oauth2/authorize?client_id={AUTO_IMPORT_APP.key}&response_type=code"

    page = click(url, decision="allow", account=alice.id)
    code = unescape(re.search("<code>(.*)</code>", page.text).group(1))

    assert exchange(emulator, **with_secret(grant_type="authorization_code", code=code)).status_code == 200


def test_a_script_can_consent_without_clicking(emulator, alice):
    allowed = emulator.consent(authorize_url(emulator), alice)
    denied = emulator.consent(authorize_url(emulator), alice, allow=False)

    assert code_of(allowed)
    assert "error=access_denied" in denied
    with pytest.raises(AuthorizationRefused):
        emulator.consent(authorize_url(emulator, redirect_uri="http://evil.example/"), alice)


def test_a_redirect_uri_can_be_registered_later(emulator, alice):
    emulator.add_redirect_uri(AUTO_IMPORT_APP.key, "http://localhost:9/back")

    url = emulator.consent(authorize_url(emulator, redirect_uri="http://localhost:9/back"), alice)

    assert url.startswith("http://localhost:9/back?code=")


def test_http_basic_identifies_the_app_as_well(emulator, alice):
    code = code_of(emulator.consent(authorize_url(emulator), alice))

    answer = exchange(
        emulator,
        auth=(AUTO_IMPORT_APP.key, AUTO_IMPORT_APP.secret),
        grant_type="authorization_code",
        code=code,
        redirect_uri=REDIRECT_URI,
    )

    assert answer.status_code == 200


def test_the_token_endpoint_reads_the_query_too(emulator, alice):
    refresh_token = emulator.link(AUTO_IMPORT_APP.key, alice)

    answer = requests.post(
        f"{emulator.url}/oauth2/token",
        params=with_secret(grant_type="refresh_token", refresh_token=refresh_token),
        headers={"Content-Type": "application/json"},
        timeout=5,
    )

    assert answer.json()["access_token"]


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"client_id": AUTO_IMPORT_APP.key, "client_secret": "wrong"}, "invalid_client"),
        ({"client_id": "nobody", "client_secret": "x"}, "invalid_client"),
        ({"client_id": AUTO_IMPORT_APP.key}, "invalid_client"),
        (with_secret(), "unsupported_grant_type"),
        (with_secret(grant_type="password"), "unsupported_grant_type"),
        (with_secret(grant_type="authorization_code", code="invented"), "invalid_grant"),
        (with_secret(grant_type="refresh_token", refresh_token="invented"), "invalid_grant"),
    ],
)
def test_token_errors_are_400_with_a_code(emulator, form, error):
    answer = exchange(emulator, **form)

    assert answer.status_code == 400
    assert answer.json()["error"].startswith(error)
    assert answer.json()["error_description"]


def test_the_sdk_s_flow_links_with_pkce_alone(emulator, alice):
    session = {}
    flow = dropbox.DropboxOAuth2Flow(
        AUTO_IMPORT_APP.key,
        REDIRECT_URI,
        session,
        "csrf",
        token_access_type="offline",
        scope=["files.metadata.read", "account_info.read"],
        use_pkce=True,
    )
    with emulator.session() as flow.requests_session:
        location = emulator.consent(flow.start(), alice)
        query = {key: values[0] for key, values in parse_qs(urlsplit(location).query).items()}

        result = flow.finish(query)

    assert (result.account_id, result.scope) == (alice.id, "account_info.read files.metadata.read")
    with (
        emulator.session() as transport,
        dropbox.Dropbox(
            oauth2_refresh_token=result.refresh_token, app_key=AUTO_IMPORT_APP.key, session=transport
        ) as client,
    ):
        assert client.users_get_current_account().account_id == alice.id


@pytest.fixture
def connect_by_refresh_token(emulator):
    """SDK clients that get their access tokens themselves."""
    clients = []

    def make(refresh_token, **credentials):
        credentials = {"app_key": AUTO_IMPORT_APP.key, "app_secret": AUTO_IMPORT_APP.secret} | credentials
        client = dropbox.Dropbox(
            oauth2_refresh_token=refresh_token, session=emulator.session(), **credentials
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()


def test_the_sdk_refreshes_an_expired_token(emulator, alice, connect_by_refresh_token):
    client = connect_by_refresh_token(emulator.link(AUTO_IMPORT_APP.key, alice))
    client.check_user()

    emulator.authorizations.expire_access_tokens(alice.id)
    client.check_user()

    assert emulator.calls.count("oauth2/token", status=200) == 2
    assert emulator.calls.count("check/user", status=401) == 1


def test_the_sdk_gives_up_on_a_revoked_link(emulator, alice, connect_by_refresh_token):
    refresh_token = emulator.link(AUTO_IMPORT_APP.key, alice)
    warm, cold = connect_by_refresh_token(refresh_token), connect_by_refresh_token(refresh_token)
    warm.check_user()

    emulator.authorizations.revoke(alice.id, AUTO_IMPORT_APP.key)

    for client in (warm, cold):
        with pytest.raises(AuthError) as refused:
            client.check_user()
        assert refused.value.error.is_invalid_access_token()


def test_a_wrong_secret_is_bad_input_for_the_sdk(emulator, alice, connect_by_refresh_token):
    client = connect_by_refresh_token(emulator.link(AUTO_IMPORT_APP.key, alice), app_secret="wrong")

    with pytest.raises(BadInputError, match="invalid_client"):
        client.check_user()
