"""What a call looks like on the wire when something is wrong with it, and when nothing is."""

import json

import pytest
import requests

from local.dropbox_emulator import AUTO_IMPORT_APP

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def token(emulator, alice):
    refresh_token = emulator.link(AUTO_IMPORT_APP.key, alice)
    return emulator.authorizations.refresh(AUTO_IMPORT_APP.key, refresh_token, None, has_secret=True)


@pytest.fixture
def post(emulator, token):
    """Post to a route; `authorization=None` leaves the header out."""
    session = requests.Session()

    def send(route, body=None, headers=None, authorization=f"Bearer {token}", **arguments):
        authorized = {"Authorization": authorization} if authorization else {}
        data = json.dumps(body) if isinstance(body, dict) else body
        url = f"{emulator.url}/2/{route}"
        return session.post(url, data=data, headers={**authorized, **(headers or {})}, **arguments)

    yield send
    session.close()


def assert_is_bad_request(answer, *words):
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    for word in words:
        assert word in answer.text


def test_a_result_is_json_without_a_charset_and_carries_a_request_id(post):
    answer = post("files/list_folder", {"path": ""}, JSON)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Dropbox-Request-Id"]
    assert answer.json()["entries"] == []


def test_an_unknown_function_is_not_found(post):
    answer = post("files/lisst_folder", {"path": ""}, JSON)

    assert (answer.status_code, answer.text) == (404, 'Unknown API function: "files/lisst_folder"')


def test_a_function_the_emulator_lacks_is_named(post):
    answer = post("files/search_v2", {"query": "a"}, JSON)

    assert answer.status_code == 501
    assert "files/search_v2" in answer.text


@pytest.mark.parametrize(
    ("authorization", "words"),
    [
        (None, 'Must provide HTTP header "Authorization" or URL parameter "authorization".'),
        ("Basic YTpi", 'Invalid authorization value in HTTP header "Authorization": "Basic".'),
        ("Bearer ", 'Invalid authorization value in HTTP header "Authorization": "Bearer".'),
    ],
)
def test_what_could_not_be_a_token_is_bad_input(post, authorization, words):
    answer = post("files/list_folder", {"path": ""}, JSON, authorization=authorization)

    assert_is_bad_request(answer, 'Error in call to API function "files/list_folder": ', words)


@pytest.mark.parametrize("authorization", ["Bearer sl." + "x" * 130, "Bearer nonsense"])
def test_an_unknown_token_is_unauthorized(post, authorization):
    answer = post("files/list_folder", {"path": ""}, JSON, authorization=authorization)

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Dropbox-API"'
    assert answer.json()["error"] == {".tag": "invalid_access_token"}
    assert answer.json()["error_summary"].startswith("invalid_access_token/")


def test_an_expired_token_is_told_as_such(post, clock):
    clock.ahead = 14_401

    answer = post("files/list_folder", {"path": ""}, JSON)

    assert (answer.status_code, answer.json()["error"]) == (401, {".tag": "expired_access_token"})


def test_a_suspended_user_is_told_as_such(post, alice):
    alice.is_suspended = True

    answer = post("files/list_folder", {"path": ""}, JSON)

    assert (answer.status_code, answer.json()["error"]) == (401, {".tag": "user_suspended"})


def test_a_missing_scope_is_named(post, emulator, alice):
    emulator.authorizations.narrow(alice.id, AUTO_IMPORT_APP.key, frozenset({"files.metadata.read"}))

    answer = post("files/create_folder_v2", {"path": "/a"}, JSON)

    assert answer.status_code == 401
    assert answer.json()["error"] == {".tag": "missing_scope", "required_scope": "files.content.write"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", ["request body: could not decode input as JSON"]),
        (b"\xff\xfe", ["request body"]),
        ({}, ["path"]),
        ({"path": "no slash"}, ["path: ", "did not match pattern"]),
        ({"path": "", "limit": 2001}, ["limit"]),
        ({"path": "", "recursive": "yes"}, ["recursive"]),
        ({"path": "", "surprise": 1}, ["unknown field 'surprise'"]),
        ({"path": "/"}, ["Specify the root folder as an empty string"]),
    ],
)
def test_arguments_that_are_not_of_the_type_are_refused_in_a_sentence(post, body, words):
    answer = post("files/list_folder", body, JSON)

    assert_is_bad_request(answer, 'Error in call to API function "files/list_folder": ', *words)


def test_a_wrong_content_type_is_refused(post):
    answer = post("files/list_folder", {"path": ""}, {"Content-Type": "text/xml"})

    assert_is_bad_request(answer, 'Bad HTTP "Content-Type" header: "text/xml"')


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "text/plain; charset=dropbox-cors-hack"]
)
def test_the_other_documented_content_types_are_accepted(post, content_type):
    assert post("files/list_folder", {"path": ""}, {"Content-Type": content_type}).status_code == 200


def test_a_route_without_argument_takes_null_or_nothing_but_no_object(post):
    route = "users/get_current_account"

    assert post(route, b"null", JSON).status_code == 200
    assert post(route).status_code == 200
    assert_is_bad_request(post(route, {"a": 1}, JSON))


def test_an_upload_without_its_argument_is_refused(post):
    answer = post("files/upload", b"data", {"Content-Type": "application/octet-stream"})

    assert_is_bad_request(answer, 'Must provide HTTP header "Dropbox-API-Arg" or URL parameter "arg"')


@pytest.mark.parametrize(
    "header", ['{"path": "/é 🧾.pdf"}'.encode(), b'{"path": "/\\u00e9 \\ud83e\\uddfe.pdf"}']
)
def test_the_argument_header_may_be_escaped_or_utf_8(post, alice, header):
    alice.write("/Apps/Jenji/é 🧾.pdf", b"1")

    answer = post("files/download", headers={"Dropbox-API-Arg": header})

    assert (answer.status_code, answer.content) == (200, b"1")
    assert answer.headers["Dropbox-API-Result"].isascii()


def test_an_argument_header_that_is_no_utf_8_is_refused(post):
    answer = post("files/download", headers={"Dropbox-API-Arg": b'{"path": "/\xe9.pdf"}'})

    assert_is_bad_request(answer, 'HTTP header "Dropbox-API-Arg"')


def test_a_route_error_says_its_tags(post):
    answer = post("files/get_metadata", {"path": "/none"}, JSON)

    assert answer.status_code == 409
    assert answer.json()["error"] == {".tag": "path", "path": {".tag": "not_found"}}
    assert answer.json()["error_summary"].startswith("path/not_found/")


def test_an_upload_error_summary_reaches_into_its_reason(post, alice):
    alice.write("/Apps/Jenji/a", b"1")
    headers = {"Content-Type": "application/octet-stream", "Dropbox-API-Arg": '{"path": "/a"}'}

    answer = post("files/upload", b"2", headers)

    assert answer.status_code == 409
    assert answer.json()["error_summary"].startswith("path/conflict/file/")
    assert answer.json()["error"]["reason"] == {".tag": "conflict", "conflict": {".tag": "file"}}


def test_a_download_can_be_a_get_with_a_range(post, emulator, token, alice):
    alice.write("/Apps/Jenji/a", b"0123456789")

    answer = requests.get(
        f"{emulator.url}/2/files/download",
        params={"arg": '{"path": "/a"}'},
        headers={"Authorization": f"Bearer {token}", "Range": "bytes=2-4"},
        timeout=5,
    )

    assert (answer.status_code, answer.content) == (206, b"234")
    assert json.loads(answer.headers["Dropbox-API-Result"])["size"] == 10


@pytest.mark.parametrize(
    ("path_root", "status"),
    [
        ({".tag": "home"}, 200),
        ({".tag": "root", "root": "own"}, 200),
        ({".tag": "namespace_id", "namespace_id": "own"}, 200),
        ({".tag": "root", "root": "1"}, 422),
        ({".tag": "namespace_id", "namespace_id": "1"}, 422),
        ({".tag": "attic"}, 400),
    ],
)
def test_only_the_account_s_own_path_root_is_accepted(post, alice, path_root, status):
    header = json.dumps(path_root).replace("own", str(alice.owner.uid))

    answer = post("files/list_folder", {"path": ""}, JSON | {"Dropbox-API-Path-Root": header})

    assert answer.status_code == status


def test_only_downloads_can_be_a_get(emulator, token):
    answer = requests.get(
        f"{emulator.url}/2/files/get_metadata", headers={"Authorization": f"Bearer {token}"}, timeout=5
    )

    assert_is_bad_request(answer, "Expecting POST")


def test_an_argument_header_may_be_very_long(post):
    names = [f"/{'x' * 250}/{'y' * 250}" for _ in range(4)]
    argument = json.dumps({"path": "".join(names * 100)})

    answer = post("files/download", headers={"Dropbox-API-Arg": argument})

    assert answer.json()["error"]["path"] == {".tag": "not_found"}
