"""Faults that real traffic shows and the SDK's types cannot say: raw JSON, text and HTML over HTTP."""

import pytest
import requests
from stone.backends.python_rsrc.stone_validators import ValidationError

from local.dropbox_emulator import (
    AUTO_IMPORT_APP,
    AppLacksScope,
    BadCall,
    Fault,
    Forbidden,
    HtmlPage,
    OfAnotherLength,
    RateLimited,
    RawAnswer,
    RawError,
    Rewritten,
    Status,
    TokenRefused,
    Unauthorized,
    WrongRoot,
)

ROOT = "/Apps/Jenji"


@pytest.fixture
def post(emulator, alice):
    """Calls an RPC route with a valid token, past the SDK."""
    refresh_token = emulator.link(AUTO_IMPORT_APP.key, alice)
    token = emulator.authorizations.refresh(AUTO_IMPORT_APP.key, refresh_token, None, has_secret=True)
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {token}"
        yield lambda route, arg: session.post(f"{emulator.url}/2/{route}", json=arg, timeout=5)


@pytest.fixture
def answers(emulator, post):
    """What a call of `files/list_folder` is answered with under a fault."""

    def meet(effect):
        emulator.faults.add(Fault(answer=effect))
        return post("files/list_folder", {"path": ""})

    return meet


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (
            "invalid_account_type/feature",
            {".tag": "invalid_account_type", "invalid_account_type": {".tag": "feature"}},
        ),
        (
            "paper_access_denied/not_paper_user",
            {".tag": "paper_access_denied", "paper_access_denied": {".tag": "not_paper_user"}},
        ),
        ("team_access_denied", {".tag": "team_access_denied"}),
        ("no_permission", {".tag": "no_permission"}),
        ("something_new", {".tag": "something_new"}),
    ],
)
def test_403_says_of_which_kind_it_is(answers, kind, error):
    answer = answers(Forbidden(kind))

    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/json")
    assert answer.json()["error"] == error
    assert answer.json()["error_summary"].startswith(kind + "/")


def test_a_team_at_its_limit_is_told_so_in_words(answers):
    message = answers(Forbidden()).json()["user_message"]

    assert message["locale"] == "en"
    assert "data transport" in message["text"]


@pytest.mark.parametrize("error", ["v1_retired", "invalid_client", "invalid request"])
def test_the_token_endpoint_refuses_in_its_own_words(emulator, error):
    emulator.faults.add(Fault(route="oauth2/token", answer=TokenRefused(error)))

    answer = requests.post(f"{emulator.url}/oauth2/token", data={"grant_type": "refresh_token"}, timeout=5)

    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_an_app_without_a_scope_is_told_in_plain_text(answers):
    answer = answers(AppLacksScope("files.metadata.read"))

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.text.startswith(
        'Error in call to API function "files/list_folder": Your app is not permitted'
    )
    assert "the required scope 'files.metadata.read'" in answer.text


def test_a_call_may_be_unknown_for_a_while(answers):
    answer = answers(BadCall("Unknown API function: /2/files/list_folder"))

    assert (answer.status_code, "Unknown API function" in answer.text) == (400, True)


@pytest.mark.parametrize("code", [400, 403, 460, 500, 502])
def test_a_proxy_answers_any_status_in_html(answers, code):
    answer = answers(HtmlPage(code))

    assert (answer.status_code, answer.headers["Content-Type"]) == (code, "text/html; charset=utf-8")
    assert answer.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("tag", ["route_access_denied", "something_new", "other"])
def test_401_may_have_any_tag(answers, tag):
    answer = answers(Unauthorized(tag))

    assert (answer.status_code, answer.json()["error"]) == (401, {".tag": tag})
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Dropbox-API"'


def test_too_many_writes_tell_the_wait_in_the_header_alone(answers):
    answer = answers(RateLimited(3, "too_many_write_operations"))

    assert answer.headers["Retry-After"] == "3"
    assert answer.json()["error"] == {"reason": {".tag": "too_many_write_operations"}}


def test_too_many_requests_tell_it_in_the_body_as_well(answers):
    answer = answers(RateLimited(15))

    assert answer.headers["Retry-After"] == "15"
    assert answer.json()["error"] == {"reason": {".tag": "too_many_requests"}, "retry_after": 15}


@pytest.mark.parametrize(
    "effect",
    [
        RateLimited("Thu, 27 Feb 2020 09:34:58 GMT", "something_new"),
        Status(429, retry_after="Thu, 27 Feb 2020 09:34:58 GMT", content_type="application/json"),
    ],
)
def test_a_rate_limit_comes_in_any_dress(answers, effect):
    answer = answers(effect)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "Thu, 27 Feb 2020 09:34:58 GMT")


@pytest.mark.parametrize("tag", ["invalid_root", "no_permission"])
def test_a_root_is_refused(answers, alice, tag):
    answer = answers(WrongRoot(tag))

    assert (answer.status_code, answer.json()["error"][".tag"]) == (422, tag)


@pytest.mark.parametrize("error", [{".tag": "other"}, {".tag": "path", "path": {".tag": "something_new"}}])
def test_any_route_may_refuse_with_what_its_type_does_not_know(answers, error):
    answer = answers(RawError(error))

    assert (answer.status_code, answer.json()["error"]) == (409, error)


def test_any_route_may_answer_with_what_its_type_does_not_know(answers):
    assert answers(RawAnswer([{"a": None}])).json() == [{"a": None}]


def test_a_recursive_listing_fails_in_html_while_flat_ones_work(emulator, post):
    emulator.faults.add(
        Fault(route="files/list_folder", mentions='"recursive": true', answer=HtmlPage(500, "Dropbox - 5xx"))
    )

    deep = post("files/list_folder", {"path": "", "recursive": True})
    flat = post("files/list_folder", {"path": "", "recursive": False})

    assert (deep.status_code, flat.status_code) == (500, 200)


def test_one_entry_of_a_listing_is_of_a_kind_that_nobody_knows(emulator, post, alice):
    alice.write(f"{ROOT}/odd.pdf", b"1")
    alice.write(f"{ROOT}/even.pdf", b"1")
    emulator.faults.add(Fault(answer=Rewritten("/entries/*/.tag", "hologram", mentions="odd.pdf")))

    entries = post("files/list_folder", {"path": ""}).json()["entries"]

    assert {entry["name"]: entry[".tag"] for entry in entries} == {"odd.pdf": "hologram", "even.pdf": "file"}


def test_one_entry_of_a_batch_fails_with_an_explicit_other(emulator, post):
    failure = {".tag": "failure", "failure": {".tag": "other"}}
    emulator.faults.add(Fault(answer=Rewritten("/entries/*", failure, mentions="/b")))

    answer = post("files/create_folder_batch", {"paths": ["/a", "/b", "/c"]}).json()

    assert [entry[".tag"] for entry in answer["entries"]] == ["success", "failure", "success"]
    assert answer["entries"][1] == failure


def test_one_entry_of_a_job_fails_with_a_tag_that_nobody_knows(emulator, post, alice):
    for name in ("a.pdf", "é.pdf"):
        alice.write(f"{ROOT}/{name}", b"1")
    failure = {".tag": "failure", "failure": {".tag": "something_new"}}
    emulator.faults.add(Fault(answer=Rewritten("/entries/*", failure, mentions="é.pdf")))
    moves = [{"from_path": f"/{name}", "to_path": f"/moved/{name}"} for name in ("a.pdf", "é.pdf")]
    job = {"async_job_id": post("files/move_batch_v2", {"entries": moves}).json()["async_job_id"]}

    while (answer := post("files/move_batch/check_v2", job).json())[".tag"] == "in_progress":
        pass

    assert [entry[".tag"] for entry in answer["entries"]] == ["success", "failure"]
    assert answer["entries"][1] == failure


def test_a_pointer_that_leads_nowhere_changes_nothing(emulator, post, alice):
    alice.write(f"{ROOT}/a.pdf", b"1")
    for pointer in ("/entries/7", "/none/deeper", "/cursor/0", "/entries/*/none/deeper"):
        emulator.faults.add(Fault(times=1, answer=Rewritten(pointer, "x")))

    found = [post("files/list_folder", {"path": ""}).json()["entries"][0]["name"] for _ in range(4)]

    assert found == ["a.pdf"] * 4


def test_a_download_s_metadata_is_rewritten_in_its_header(emulator, client, alice):
    alice.write(f"{ROOT}/a.pdf", b"123")
    emulator.faults.add(Fault(answer=Rewritten("/name", "b.pdf")))

    metadata, answer = client.files_download("/a.pdf")

    assert (metadata.name, answer.content) == ("b.pdf", b"123")


@pytest.mark.parametrize(("by", "length"), [(-1, 2), (1, 4), (-3, 0)])
def test_a_batch_answers_with_another_number_of_entries(emulator, post, by, length):
    emulator.faults.add(Fault(answer=OfAnotherLength(by)))

    answer = post("files/create_folder_batch", {"paths": ["/a", "/b", "/c"]}).json()

    assert len(answer["entries"]) == length


def test_one_path_can_never_be_saved_and_says_other(client, alice):
    alice.refuse_commit(f"{ROOT}/a.pdf")

    with pytest.raises(ValidationError, match="other"):  # the SDK cannot read its own catch-all
        client.files_upload(b"1", "/A.pdf")
    client.files_upload(b"1", "/b.pdf")
    alice.allow_commits()
    client.files_upload(b"1", "/a.pdf")

    assert set(alice.tree_contents()) == {f"{ROOT}/a.pdf", f"{ROOT}/b.pdf"}


def test_the_admin_endpoint_takes_the_same_faults(emulator, post):
    fault = {
        "route": "files/*",
        "answer": {"rewritten": {"at": "/entries/0", "value": {".tag": "other"}, "mentions": "/a"}},
    }
    added = requests.post(f"{emulator.url}/_emulator/faults", json=fault, timeout=5)

    answer = post("files/create_folder_batch", {"paths": ["/a"]})

    assert added.status_code == 200
    assert answer.json()["entries"] == [{".tag": "other"}]
