"""Faults chosen by the little language of `Fault`, as the official SDK meets them."""

import socket
import time

import pytest
import requests
from dropbox import files
from dropbox.exceptions import ApiError, AuthError, BadInputError, InternalServerError, RateLimitError

from local.dropbox_emulator import (
    AUTO_IMPORT_APP,
    SYNCHRONISATION_APP,
    Altered,
    Cut,
    ExpireTokens,
    Fault,
    LateWebhook,
    LostWebhook,
    Meanwhile,
    RateLimited,
    RepeatedWebhook,
    Reset,
    RevokeTokens,
    RouteError,
    SetQuota,
    Stall,
    Status,
    SuspendUser,
    Unauthorized,
    WithoutLength,
)

ROOT = "/Apps/Jenji"
DATA = bytes(range(200))


def outcomes(act, times):
    """Whether each of so many calls succeeded."""
    succeeded = []
    for _ in range(times):
        try:
            act()
        except (InternalServerError, requests.ConnectionError):
            succeeded.append(False)
        else:
            succeeded.append(True)
    return succeeded


def test_a_fault_meets_so_many_calls_of_its_route(emulator, client):
    emulator.faults.add(Fault(route="files/list_folder", times=2, answer=Status(503)))

    assert outcomes(lambda: client.files_list_folder(""), 4) == [False, False, True, True]
    assert emulator.calls.count("files/list_folder", status=503) == 2


def test_a_fault_begins_at_the_nth_call(emulator, client):
    emulator.faults.add(Fault(route="files/*", nth=2, times=1, answer=Status(500)))

    assert outcomes(lambda: client.files_list_folder(""), 4) == [True, False, True, True]


def test_a_fault_chooses_account_and_app(emulator, client, full_client, connect):
    bob = connect(AUTO_IMPORT_APP, emulator.add_account("bob"))
    emulator.faults.add(Fault(account="alice", app=SYNCHRONISATION_APP.key, answer=Status(500)))

    client.files_list_folder("")
    bob.files_list_folder("")
    with pytest.raises(InternalServerError):
        full_client.files_list_folder("")


def test_a_fault_chooses_what_the_argument_mentions(emulator, client, alice):
    alice.write(f"{ROOT}/reçu.pdf", b"1")
    alice.write(f"{ROOT}/other.pdf", b"2")
    emulator.faults.add(Fault(mentions="/reçu.pdf", answer=Status(500)))

    assert client.files_download("/other.pdf")[1].content == b"2"
    with pytest.raises(InternalServerError):
        client.files_download("/reçu.pdf")
    with pytest.raises(InternalServerError):
        client.files_get_metadata("/reçu.pdf")


def test_chances_are_the_same_for_the_same_seed(emulator, client):
    def a_story(seed):
        emulator.faults.clear()
        emulator.faults.add(Fault(probability=0.5, seed=seed, answer=Status(500)))
        return outcomes(lambda: client.files_list_folder(""), 20)

    first = a_story(seed=7)

    assert {True, False} == set(first)
    assert a_story(seed=7) == first
    assert a_story(seed=8) != first


def test_the_first_fault_that_is_due_acts_and_faults_count_what_they_met(emulator, client):
    first = emulator.faults.add(Fault(times=1, answer=Status(500)))
    second = emulator.faults.add(Fault(answer=Status(502)))

    outcomes(lambda: client.files_list_folder(""), 3)

    assert [(armed.matched, armed.fired) for armed in (first, second)] == [(3, 1), (3, 2)]
    emulator.faults.remove(second.id)
    client.files_list_folder("")
    assert emulator.faults.all() == [first]


@pytest.mark.parametrize(
    "wrong", [{"nth": 0}, {"times": 0}, {"probability": 1.5}, {"route": "webhook"}, {"answer": LostWebhook()}]
)
def test_a_fault_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"nth|notifications"):
        Fault(**({"answer": Status(500)} | wrong))


@pytest.mark.parametrize(
    ("plain_text", "retry_after", "backoff"),
    [(False, 7, 7), (True, 7, 7), (True, None, None), (False, None, 1)],  # 1: the default of Dropbox's type
)
def test_a_rate_limit_in_json_or_plain_text(emulator, client, plain_text, retry_after, backoff):
    emulator.faults.add(Fault(answer=RateLimited(retry_after, plain_text=plain_text)))

    with pytest.raises(RateLimitError) as limited:
        client.files_list_folder("")

    assert limited.value.backoff == backoff


def test_a_route_fails_with_an_error_of_its_own(emulator, client):
    error = {".tag": "path", "path": {".tag": "restricted_content"}}
    emulator.faults.add(Fault(route="files/download", answer=RouteError(error)))

    with pytest.raises(ApiError) as refused:
        client.files_download("/a")

    assert refused.value.error == files.DownloadError.path(files.LookupError.restricted_content)


def test_an_error_the_route_cannot_give_is_an_error_of_the_test(emulator, client):
    emulator.faults.add(Fault(route="files/download", answer=RouteError({".tag": "full_moon"})))

    with pytest.raises(InternalServerError, match="full_moon"):
        client.files_download("/a")


def test_a_download_without_a_length_is_cut_unnoticed(emulator, client, alice):
    alice.write(f"{ROOT}/a", DATA)
    emulator.faults.add(Fault(route="files/download", answer=Cut(after=14)))

    answer = client.files_download("/a")[1]

    assert answer.content == DATA[:14]
    assert "Content-Length" not in answer.headers


def test_a_download_that_ends_before_its_length_breaks(emulator, client, alice):
    alice.write(f"{ROOT}/a", DATA)
    emulator.faults.add(Fault(route="files/download", answer=Cut(after=14, length=True)))

    answer = client.files_download("/a")[1]

    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        _ = answer.content


def test_an_altered_download_differs_in_one_byte(emulator, client, alice):
    alice.write(f"{ROOT}/a", DATA)
    emulator.faults.add(Fault(route="files/download", answer=Altered(at=3)))

    received = client.files_download("/a")[1].content

    assert [at for at in range(len(DATA)) if received[at] != DATA[at]] == [3]
    assert len(received) == len(DATA)


def test_a_whole_download_may_lack_its_length(emulator, client, alice):
    alice.write(f"{ROOT}/a", DATA)
    emulator.faults.add(Fault(route="files/download", answer=WithoutLength()))

    answer = client.files_download("/a")[1]

    assert (answer.content, "Content-Length" in answer.headers) == (DATA, False)


@pytest.mark.parametrize("took_effect", [True, False])
def test_a_connection_is_reset_before_or_after_the_call_took_effect(emulator, client, alice, took_effect):
    emulator.faults.add(Fault(route="files/upload", answer=Reset(took_effect=took_effect)))

    with pytest.raises(requests.ConnectionError):
        client.files_upload(b"1", "/a")

    assert alice.tree_contents() == ({f"{ROOT}/a": b"1"} if took_effect else {})
    assert emulator.calls.count("files/upload", status=0) == 1


def test_an_answer_is_lost_behind_a_status(emulator, client, alice):
    emulator.faults.add(Fault(route="files/upload", answer=Status(504, took_effect=True)))

    with pytest.raises(InternalServerError):
        client.files_upload(b"1", "/a")

    assert alice.read(f"{ROOT}/a") == b"1"


@pytest.mark.parametrize("stall", [Stall(), Stall(after=5)])
def test_a_stalled_client_gives_up_and_the_emulator_stops_at_once(emulator, client, alice, stall):
    alice.write(f"{ROOT}/a", DATA)
    emulator.faults.add(Fault(route="files/download", answer=stall))
    impatient = client.clone(timeout=0.05)

    with pytest.raises(requests.exceptions.RequestException, match="timed out"):
        _ = impatient.files_download("/a")[1].content

    started = time.perf_counter()
    emulator.faults.clear()
    emulator.stop()
    assert time.perf_counter() - started < 1


def test_a_stall_may_end_by_itself(emulator, client, alice):
    alice.write(f"{ROOT}/a", DATA)
    emulator.faults.add(Fault(route="files/download", times=1, answer=Stall(seconds=0.01)))
    emulator.faults.add(Fault(route="files/download", answer=Stall(seconds=0.01, after=5)))

    assert client.files_download("/a")[1].content == DATA
    assert client.files_download("/a")[1].content == DATA


def test_tokens_expire_in_the_middle(emulator, client):
    emulator.faults.add(Fault(nth=2, times=1, answer=ExpireTokens()))

    client.files_list_folder("")

    with pytest.raises(AuthError) as refused:
        client.files_list_folder("")
    assert refused.value.error.is_expired_access_token()


def test_the_user_removes_the_app_in_the_middle(emulator, client, full_client):
    emulator.faults.add(Fault(app=AUTO_IMPORT_APP.key, answer=RevokeTokens()))

    with pytest.raises(AuthError) as refused:
        client.files_list_folder("")

    assert refused.value.error.is_invalid_access_token()
    full_client.files_list_folder("")


def test_the_user_is_suspended_and_let_in_again(emulator, client):
    emulator.faults.add(Fault(times=1, answer=SuspendUser()))
    emulator.faults.add(Fault(nth=2, answer=SuspendUser(suspended=False)))

    with pytest.raises(AuthError) as refused:
        client.files_list_folder("")

    assert refused.value.error.is_user_suspended()
    client.files_list_folder("")


def test_an_error_of_authorisation_leaves_the_token_alone(emulator, client):
    emulator.faults.add(Fault(times=1, answer=Unauthorized("user_suspended")))

    with pytest.raises(AuthError):
        client.files_list_folder("")
    client.files_list_folder("")


def test_a_refresh_is_met_by_its_account(emulator, alice):
    refresh_token = emulator.link(AUTO_IMPORT_APP.key, alice)
    emulator.faults.add(Fault(route="oauth2/token", account="alice", answer=RevokeTokens()))

    answer = requests.post(
        f"{emulator.url}/oauth2/token",
        data={"grant_type": "refresh_token", "refresh_token": refresh_token},
        auth=(AUTO_IMPORT_APP.key, AUTO_IMPORT_APP.secret),
    )

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_the_account_fills_up_in_the_middle(emulator, client):
    emulator.faults.add(Fault(nth=2, answer=SetQuota(10)))

    client.files_upload(b"12345", "/a")

    with pytest.raises(ApiError) as refused:
        client.files_upload(b"123456", "/b")
    assert refused.value.error.get_path().reason.is_insufficient_space()


@pytest.mark.parametrize(("took_effect", "content"), [(False, b"new"), (True, b"old")])
def test_something_else_happens_meanwhile(emulator, client, alice, took_effect, content):
    alice.write(f"{ROOT}/a", b"old")
    change = Meanwhile(lambda: alice.write(f"{ROOT}/a", b"new"), took_effect=took_effect)
    emulator.faults.add(Fault(route="files/get_metadata", answer=change))

    listed = client.files_get_metadata("/a")

    assert alice.read(f"{ROOT}/a") == b"new"
    assert listed.content_hash == emulator_hash(content)


def emulator_hash(content):
    from dropbox.content_hash import DropboxContentHasher

    hasher = DropboxContentHasher()
    hasher.update(content)
    return hasher.hexdigest()


def test_a_fault_that_needs_an_account_says_so(emulator):
    emulator.faults.add(Fault(answer=ExpireTokens()))

    answer = requests.post(f"{emulator.url}/2/check/user", timeout=5)

    assert (answer.status_code, "known token" in answer.text) == (500, True)


def test_a_chosen_file_can_never_be_moved(client, alice, move_batch):
    alice.write(f"{ROOT}/stuck", b"1")
    alice.write(f"{ROOT}/free", b"2")
    alice.refuse_relocation(f"{ROOT}/stuck", files.RelocationError.internal_error)

    stuck, free = move_batch(
        [files.RelocationPath(f"/{name}", f"/moved/{name}") for name in ("stuck", "free")]
    )

    assert stuck.get_failure().get_relocation_error().is_internal_error()
    assert free.is_success()
    alice.move(f"{ROOT}/stuck", f"{ROOT}/elsewhere")
    with pytest.raises(ApiError):
        client.files_move_v2("/elsewhere", "/x")
    alice.allow_relocations()
    client.files_move_v2("/elsewhere", "/x")


@pytest.fixture
def hooked(emulator, client, receiver):
    emulator.register_webhook(AUTO_IMPORT_APP.key, receiver.url)
    receiver.requests.clear()
    return emulator


def test_a_webhook_is_lost(hooked, alice, receiver):
    lost = hooked.faults.add(Fault(route="webhook", account="alice", times=1, answer=LostWebhook()))
    alice.write(f"{ROOT}/a", b"1")
    assert hooked.webhooks.wait_until_idle()
    assert (receiver.requests, lost.fired) == ([], 1)

    alice.write(f"{ROOT}/b", b"1")
    assert hooked.webhooks.wait_until_idle()
    assert receiver.accounts() == [[alice.id]]


def test_a_webhook_is_repeated(hooked, alice, receiver):
    hooked.faults.add(Fault(route="webhook", times=1, answer=RepeatedWebhook(times=3)))

    alice.write(f"{ROOT}/a", b"1")

    assert hooked.webhooks.wait_until_idle()
    assert receiver.accounts() == [[alice.id]] * 3


def test_a_webhook_is_late(hooked, alice, receiver):
    late = hooked.faults.add(Fault(route="webhook", answer=LateWebhook(seconds=0.05)))
    started = time.monotonic()

    alice.write(f"{ROOT}/a", b"1")

    assert hooked.webhooks.wait_until_idle()
    assert time.monotonic() - started >= 0.05
    assert (receiver.accounts(), late.fired) == ([[alice.id]], 1)


def test_a_wrong_call_is_refused_as_ever_once_the_faults_are_gone(emulator, client):
    emulator.faults.add(Fault(answer=Status(500)))
    emulator.faults.clear()

    with pytest.raises(BadInputError):
        client.files_list_folder("/")


def test_a_reset_is_no_mere_end_of_the_connection(emulator, client):
    emulator.faults.add(Fault(answer=Reset()))
    host, port = emulator.url.removeprefix("http://").split(":")

    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(b"POST /2/check/user HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
