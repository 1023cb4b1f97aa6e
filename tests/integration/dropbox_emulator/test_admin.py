"""The admin endpoint: everything about faults, costs, calls and accounts that other languages need."""

import pytest
import requests
from dropbox.exceptions import ApiError, AuthError, InternalServerError

from local.dropbox_emulator import AUTO_IMPORT_APP, CostModel, Meanwhile
from local.dropbox_emulator.faults.fault import Fault
from local.dropbox_emulator.faults.fault_json import EFFECTS

ROOT = "/Apps/Jenji"
EXAMPLES = {
    "status": {"code": 503, "retry_after": 1, "text": "no", "took_effect": True},
    "rate_limited": {"retry_after": 3, "reason": "too_many_write_operations", "plain_text": True},
    "unauthorized": {"tag": "user_suspended"},
    "forbidden": {"kind": "team_access_denied", "user_message": "no"},
    "wrong_root": {"tag": "no_permission"},
    "bad_call": {"text": "Unknown API function"},
    "app_lacks_scope": {"scope": "files.metadata.read"},
    "token_refused": {"error": "invalid_client", "description": "no"},
    "html_page": {"code": 460, "title": "Closed", "content_type": "text/html", "took_effect": True},
    "raw_error": {"error": {".tag": "other"}, "code": 403, "user_message": "no"},
    "raw_answer": {"result": [None]},
    "rewritten": {"at": "/entries/*/.tag", "value": "hologram", "mentions": "a.pdf"},
    "of_another_length": {"by": 2, "member": "links"},
    "route_error": {"error": {".tag": "path", "path": {".tag": "not_found"}}},
    "reset": {"took_effect": True},
    "stall": {"seconds": 0.5, "after": 10},
    "cut": {"after": 3, "length": True},
    "altered": {"at": 3, "length": False},
    "without_length": {},
    "expire_tokens": {},
    "revoke_tokens": {},
    "suspend_user": {"suspended": False},
    "set_quota": {"quota": 5},
    "lost_webhook": {},
    "late_webhook": {"seconds": 2},
    "repeated_webhook": {"times": 3},
}


@pytest.fixture
def ask(emulator):
    """Ask the admin endpoint; returns status and JSON."""

    def send(method, path, body=None, **arguments):
        answer = requests.request(
            method, f"{emulator.url}/_emulator/{path}", json=body, timeout=5, **arguments
        )
        return answer.status_code, answer.json()

    return send


def test_a_fault_is_added_counted_and_removed(ask, client):
    fault = {"route": "files/list_folder", "times": 1, "answer": {"status": {"code": 503}}}

    status, added = ask("POST", "faults", fault)
    with pytest.raises(InternalServerError):
        client.files_list_folder("")
    client.files_list_folder("")

    assert (status, added) == (200, {"id": added["id"], "matched": 0, "fired": 0, **fault})
    assert ask("GET", "faults") == (200, [{**added, "matched": 2, "fired": 1}])
    assert ask("DELETE", f"faults/{added['id']}") == (200, {})
    assert ask("DELETE", f"faults/{added['id']}")[0] == 404
    assert ask("GET", "faults") == (200, [])


@pytest.mark.parametrize("effect", EFFECTS)
def test_every_effect_has_its_json(ask, effect):
    route = "webhook" if effect.endswith("_webhook") else "files/*"

    status, added = ask("POST", "faults", {"route": route, "answer": {effect: EXAMPLES[effect]}})

    assert (status, added["answer"]) == (200, {effect: EXAMPLES[effect]})
    assert ask("DELETE", "faults") == (200, {})


def test_a_fault_made_in_python_is_listed_too(ask, emulator):
    emulator.faults.add(Fault(answer=Meanwhile(lambda: None)))

    assert ask("GET", "faults")[1][0]["answer"] == {"meanwhile": {}}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ([], "answer"),
        ({}, "answer"),
        ({"answer": {}}, "answer"),
        ({"answer": {"explode": {}}}, "explode"),
        ({"answer": {"status": {}}}, "missing"),
        ({"answer": {"status": {"code": "503"}}}, "code"),
        ({"answer": {"status": {"code": True}}}, "code"),
        ({"answer": {"status": {"code": 503}}, "surprise": 1}, "surprise"),
        ({"answer": {"status": {"code": 503}}, "nth": 0}, "nth"),
        ({"answer": {"status": 503}}, "object"),
        ({"answer": {"rate_limited": {"reason": 1}}}, "reason"),
    ],
)
def test_a_fault_that_is_none_is_refused_with_the_reason(ask, fault, words):
    status, answer = ask("POST", "faults", fault)

    assert (status, words in answer["error"]) == (400, True)


def test_costs_are_set_and_shown(ask, emulator):
    costs = {"latency": 0.1, "commit": 1, "bandwidth": 5000, "refuses_when_locked": True}

    assert ask("PUT", "costs", costs) == (200, costs)
    assert ask("GET", "costs") == (200, costs)
    assert emulator.costs == CostModel(**costs)
    assert ask("PUT", "costs", {"latency": -1})[0] == 400
    assert ask("PUT", "costs", {}) == (200, {})


def test_calls_are_counted(ask, client):
    ask("DELETE", "calls")
    client.files_list_folder("")
    client.files_create_folder_v2("/a")
    with pytest.raises(ApiError):
        client.files_create_folder_v2("/a")

    assert ask("GET", "calls") == (
        200,
        {
            "calls": 3,
            "routes": {"files/list_folder": 1, "files/create_folder_v2": 2},
            "statuses": {"200": 2, "409": 1},
        },
    )
    assert ask("GET", "calls?route=files/list_folder&account=alice")[1]["calls"] == 1
    assert ask("GET", "calls?account=bob")[1]["calls"] == 0


def test_accounts_are_listed_and_changed(ask, client, alice):
    changed = {"quota": 5, "is_suspended": True}

    status, account = ask("PATCH", "accounts/alice", changed)

    assert (status, account | changed) == (200, account)
    assert ask("GET", "accounts") == (200, [account])
    assert (alice.quota, alice.is_suspended) == (5, True)
    assert ask("PATCH", "accounts/alice", {"quota": "much"})[0] == 400
    assert ask("PATCH", "accounts/nobody", {})[0] == 404


@pytest.mark.parametrize(
    ("action", "error"),
    [("expire-tokens", "expired_access_token"), ("revoke-tokens", "invalid_access_token")],
)
def test_tokens_are_expired_and_revoked(ask, client, action, error):
    assert ask("POST", f"accounts/alice/{action}")[0] == 200

    with pytest.raises(AuthError, match=error):
        client.files_list_folder("")


def test_one_app_alone_is_removed(ask, client, full_client):
    ask("POST", f"accounts/alice/revoke-tokens?app={AUTO_IMPORT_APP.key}")

    full_client.files_list_folder("")
    with pytest.raises(AuthError):
        client.files_list_folder("")


def test_cursors_are_reset(ask, client):
    cursor = client.files_list_folder("").cursor
    ask("POST", "accounts/alice/reset-cursors")

    with pytest.raises(ApiError) as refused:
        client.files_list_folder_continue(cursor)
    assert refused.value.error.is_reset()


def test_a_file_is_made_immovable(ask, client, alice):
    alice.write(f"{ROOT}/a", b"1")
    refusal = {"path": f"{ROOT}/a", "error": {".tag": "internal_error"}}

    assert ask("POST", "accounts/alice/relocation-errors", refusal) == (200, {})
    with pytest.raises(ApiError, match="internal_error"):
        client.files_move_v2("/a", "/b")
    assert ask("DELETE", "accounts/alice/relocation-errors") == (200, {})
    client.files_move_v2("/a", "/b")
    for wrong in ({}, {"path": "/none", "error": {".tag": "internal_error"}}, {**refusal, "error": {}}):
        assert ask("POST", "accounts/alice/relocation-errors", wrong)[0] == 400


def test_what_is_not_there_is_said_to_be_missing(ask, alice):
    assert ask("POST", "accounts/alice/explode")[0] == 404
    assert ask("POST", "faults", None)[0] == 400


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}])
def test_web_pages_are_kept_out(ask, headers):
    assert ask("GET", "accounts", headers=headers)[0] == 403


def test_faults_spare_the_admin_endpoint_and_its_calls_are_not_counted(ask, emulator):
    ask("POST", "faults", {"answer": {"reset": {}}})

    assert ask("DELETE", "faults") == (200, {})
    assert emulator.calls.count() == 0
