"""Dropbox misbehaves over HTTP: nothing is lost, nothing is imported twice, nothing false is stored."""

from __future__ import annotations

import gc
import json
import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.imports import WaitingReason
from shared.doorbells.received import ComeBackLater
from shared.dropbox_api import errors as dropbox_errors
from shared.dropbox_api import gateway as dropbox_gateway
from shared.dropbox_api.gateway import DropboxAccount
from tests.integration.auto_import.conftest import Importing, add_user, link_account
from tests.integration.auto_import.documents import jpeg
from tests.integration.auto_import.http_faults import (
    ALWAYS,
    CONTINUE,
    DOWNLOAD,
    JSON,
    LIST,
    MOVE,
    Fault,
    Flood,
    HttpFaults,
    altering,
    answering,
    happening,
    resetting,
)

JSON_429 = json.dumps(
    {
        "error_summary": "too_many_requests/..",
        "error": {"reason": {".tag": "too_many_requests"}, "retry_after": 37},
    }
)


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (answering(429, JSON_429, {**JSON, "Retry-After": "37"}), 37),
        (answering(429, "Too many requests", {"Content-Type": "text/plain", "Retry-After": "37"}), 37),
        (answering(429, "Too many requests", {"Content-Type": "text/plain"}), 5),
    ],
    ids=["JSON", "plain text", "without a time"],
)
@pytest.mark.parametrize("route", [LIST, DOWNLOAD, MOVE])
def test_a_rate_limit_makes_the_account_wait_as_long_as_dropbox_says(
    importing: Importing, faults: HttpFaults, route: str, fault: Fault, seconds: int
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    faults.add(route, fault)

    with pytest.raises(ComeBackLater) as later:
        importing.ring()

    assert later.value.seconds == seconds
    assert importing.link_row().not_before == importing.clock() + timedelta(seconds=seconds)
    assert importing.composition.services.records.outstanding("alice", importing.account.id).files == []
    importing.clock.advance(seconds=seconds)
    importing.ring()
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


def test_while_one_account_is_rate_limited_another_goes_on(importing: Importing, faults: HttpFaults) -> None:
    bob = replace(importing, account=importing.emulator.add_account("bob"), user_id="bob")
    add_user("bob", "users")
    link_account(bob, bob.account)
    importing.drop("hers.jpg", jpeg("lunch"))
    bob.drop("his.jpg", jpeg("lunch"))
    faults.add(LIST, answering(429, JSON_429, JSON))

    with pytest.raises(ComeBackLater):
        importing.ring()
    bob.ring()

    assert bob.outcomes() == {"his.jpg": "imported"}
    assert importing.outcomes() == {}
    assert {expense.user_id for expense in importing.expenses()} == {"bob"}


OUTAGES = {
    "500": answering(500, "internal error"),
    "502 of a proxy": answering(502, "<html>Bad gateway</html>", {"Content-Type": "text/html"}),
    "503": answering(503),
    "a reset": resetting(),
}
GARBAGE = {
    "a page of HTML": answering(200, "<html>Captive portal</html>", {"Content-Type": "text/html"}),
    "an empty answer": answering(200, "", JSON),
    "another kind of JSON": answering(200, "[]", JSON),
    "JSON that is cut": answering(200, '{"entries": [{".tag"', JSON),
}


UNAVAILABLE = OUTAGES | GARBAGE


@pytest.mark.parametrize(
    ("route", "fault"),
    [
        pytest.param(route, fault, id=f"{route}: {name}")
        for route, faults in ((LIST, UNAVAILABLE), (DOWNLOAD, OUTAGES))
        for name, fault in faults.items()
    ],
)
def test_a_short_outage_is_tried_again_within_the_drain(
    importing: Importing, faults: HttpFaults, route: str, fault: Fault
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    faults.add(route, fault, times=2)

    answer = importing.ring()

    assert answer.reason == "drained"
    assert importing.calls()[route] == 3
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


# The SDK forgets the connection of a download whose answer it does not understand.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
def test_a_download_that_is_not_dropboxs_is_tried_again(importing: Importing, faults: HttpFaults) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    faults.add(DOWNLOAD, GARBAGE["a page of HTML"])

    importing.ring()

    gc.collect()  # here, not in the middle of another test
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


@pytest.mark.parametrize("name", ["503", "a reset", "a page of HTML"])
def test_a_long_outage_costs_a_few_calls_and_the_doorbell_comes_back(
    importing: Importing, faults: HttpFaults, name: str
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    faults.add(LIST, UNAVAILABLE[name], times=ALWAYS)

    with pytest.raises(ComeBackLater):
        importing.ring()

    assert importing.calls()[LIST] <= dropbox_errors.TRIES + 1
    faults.clear()
    importing.ring()
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


def test_a_name_that_does_not_resolve_is_an_outage(
    importing: Importing, faults: HttpFaults, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with monkeypatch.context() as patched:
        patched.setattr(socket, "getaddrinfo", unknown)
        with pytest.raises(ComeBackLater):
            importing.ring()

    importing.ring()
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


def test_a_download_that_stalls_half_way_is_given_up_and_begun_again(
    importing: Importing, faults: HttpFaults
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    faults.add(DOWNLOAD, faults.stall(after=100))

    importing.ring()

    assert faults.seen[DOWNLOAD] == 2
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


def test_a_download_that_trickles_does_not_hold_a_drain_for_ever(
    importing: Importing, faults: HttpFaults, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    with monkeypatch.context() as patched:
        patched.setattr(dropbox_gateway, "DOWNLOAD_DEADLINE_SECONDS", -1.0)

        importing.ring()

    [waiting] = importing.composition.services.records.outstanding("alice", importing.account.id).files
    assert waiting.detail == "DropboxUnavailable"
    importing.clock.advance(minutes=1)
    importing.ring()
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


@pytest.mark.parametrize(
    "alter",
    [
        lambda data: data[:-1],
        lambda data: b"",
        lambda data: data + b"x",
        lambda data: data[:50] + bytes([data[50] ^ 1]) + data[51:],
    ],
    ids=["cut", "nothing", "longer", "one bit"],
)
def test_altered_bytes_are_never_stored_and_fetched_again(
    importing: Importing, faults: HttpFaults, alter: object
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    faults.add(DOWNLOAD, altering(alter))  # type: ignore[arg-type]

    importing.ring()

    assert importing.expenses() == []
    assert importing.outcomes() == {}
    [waiting] = importing.composition.services.records.outstanding("alice", importing.account.id).files
    assert (waiting.detail, waiting.tries) == ("DocumentCorrupted", 1)
    importing.clock.advance(minutes=1)
    importing.ring()
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


def test_a_document_without_end_is_hung_up_on(importing: Importing, faults: HttpFaults) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    flood = Flood()
    faults.add(DOWNLOAD, flood)

    importing.ring()

    [waiting] = importing.composition.services.records.outstanding("alice", importing.account.id).files
    assert waiting.detail == "DocumentCorrupted"
    assert flood.ended.wait(5)
    assert flood.sent < Flood.MOST_BYTES


def test_a_document_without_its_length_is_imported(importing: Importing, faults: HttpFaults) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    faults.add(DOWNLOAD, altering(lambda data: data))

    importing.ring()

    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


@pytest.mark.parametrize(
    "fault",
    [resetting(), resetting(after_the_call=True), answering(503)],
    ids=["reset before", "reset after", "503"],
)
def test_a_move_whose_answer_is_lost_is_verified_by_the_next_drain(
    importing: Importing, faults: HttpFaults, fault: Fault
) -> None:
    importing.drop("lunch.jpg", jpeg("lunch"))
    faults.add(MOVE, fault)

    with pytest.raises(ComeBackLater):
        importing.ring()
    importing.ring()

    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


def test_moves_that_become_a_job_are_waited_for(importing: Importing, faults: HttpFaults) -> None:
    importing.emulator.batches.largest_synchronous = 0
    importing.drop("lunch.jpg", jpeg("lunch"))
    faults.add("files/move_batch/check_v2", answering(503))

    importing.ring()

    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


def test_a_file_that_may_not_be_moved_is_recorded_once_and_hides_nothing(
    importing: Importing, faults: HttpFaults
) -> None:
    failure = {".tag": "relocation_error", "relocation_error": {".tag": "cant_move_shared_folder"}}
    refused = json.dumps({".tag": "complete", "entries": [{".tag": "failure", "failure": failure}]})
    importing.drop("stuck.jpg", jpeg("stuck"))
    faults.add(MOVE, answering(200, refused, JSON))
    importing.ring()
    importing.drop("lunch.jpg", jpeg("lunch"))

    importing.ring()
    calls = importing.calls()
    importing.clock.advance(minutes=2)
    faults.add(MOVE, answering(200, refused, JSON))
    importing.ring()
    [waiting] = importing.composition.services.records.outstanding("alice", importing.account.id).files
    importing.clock.advance(minutes=5)
    importing.ring()

    assert calls[DOWNLOAD] == 2
    assert (waiting.tries, waiting.reason, waiting.detail) == (
        2,
        WaitingReason.CANNOT_BE_MOVED,
        "DropboxRefused",
    )
    importing.assert_imported({"stuck.jpg": jpeg("stuck"), "lunch.jpg": jpeg("lunch")})


def test_a_listing_that_must_be_begun_again_records_every_file_once(
    importing: Importing, faults: HttpFaults, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DropboxAccount.list_files, "__defaults__", (2,))
    documents = {f"{number}.jpg": jpeg(f"Receipt {number}") for number in range(7)}
    for name, data in documents.items():
        importing.drop(name, data)
    faults.add(CONTINUE, happening(importing.account.reset_cursors))

    importing.ring()

    importing.assert_imported(documents)


def test_an_access_token_that_expired_is_refreshed_once_for_all_threads(
    importing: Importing, faults: HttpFaults
) -> None:
    importing.ring()
    documents = {f"{number}.jpg": jpeg(f"Receipt {number}") for number in range(20)}
    for name, data in documents.items():
        importing.drop(name, data)
    faults.add(
        DOWNLOAD,
        happening(lambda: importing.emulator.authorizations.expire_access_tokens(importing.account.id)),
    )
    importing.calls()

    importing.ring()

    assert importing.calls()["oauth2/token"] <= 2
    importing.assert_imported(documents)
