"""Somebody acts on the account itself: the app, its token, its folder, or what lies there is no file."""

from __future__ import annotations

import json

import pytest
from aiohttp import web

from local.dropbox_emulator import AUTO_IMPORT_APP
from shared.domain.links import LinkStatus
from tests.integration.auto_import.conftest import APP_FOLDER, Importing, link_account
from tests.integration.auto_import.documents import jpeg
from tests.integration.auto_import.http_faults import (
    ALWAYS,
    JSON,
    LIST,
    MOVE,
    MOVE_CHECK,
    HttpFaults,
    rewriting,
)


def revoke(importing: Importing) -> None:
    importing.emulator.authorizations.revoke(importing.account.id)


def take_a_scope(importing: Importing) -> None:
    importing.emulator.authorizations.narrow(
        importing.account.id, AUTO_IMPORT_APP.key, frozenset({"account_info.read"})
    )


def suspend(importing: Importing) -> None:
    importing.account.is_suspended = True


@pytest.mark.parametrize(
    ("happens", "status", "reason"),
    [
        (revoke, LinkStatus.RECONNECT, "token_revoked"),
        (take_a_scope, LinkStatus.RECONNECT, "scope_missing"),
        (suspend, LinkStatus.SUSPENDED, "dropbox_suspended"),
    ],
    ids=["app removed", "scope lost", "user suspended"],
)
@pytest.mark.parametrize("is_warm", [False, True], ids=["new token", "known token"])
def test_a_link_that_dropbox_broke_says_so_and_resumes_once_it_is_linked_again(
    importing: Importing, faults: HttpFaults, happens: object, status: LinkStatus, reason: str, is_warm: bool
) -> None:
    if is_warm:
        importing.ring()
    importing.drop("lunch.jpg", jpeg("lunch"))
    happens(importing)  # type: ignore[operator]
    importing.calls()

    answer = importing.ring()

    link = importing.link_row()
    assert answer.reason == f"link is {status.value.lower()}"
    assert (link.status, link.problem) == (status, reason)
    assert sum(importing.calls().values()) <= 3, "no storm of retries"
    assert importing.account.read(f"{APP_FOLDER}/Auto-Import/lunch.jpg") == jpeg("lunch")
    importing.account.is_suspended = False
    link_account(importing, importing.account, generation=2)
    importing.ring()
    importing.assert_imported({"lunch.jpg": jpeg("lunch")})
    assert importing.link_row().status is LinkStatus.ACTIVE


def test_a_folder_that_was_renamed_is_made_again_and_its_files_stay_their_users(importing: Importing) -> None:
    importing.drop("empty.jpg", b"")
    importing.ring()
    importing.account.move(f"{APP_FOLDER}/Auto-Import", f"{APP_FOLDER}/Old receipts")

    answer = importing.ring()

    assert answer.reason == "drained"
    assert importing.outcomes() == {}
    assert importing.tree() == {"Old receipts/empty.jpg": b""}
    assert f"{APP_FOLDER}/Auto-Import" in importing.account.folders()


def test_an_app_folder_that_was_deleted_is_made_again(importing: Importing) -> None:
    importing.account.delete(APP_FOLDER)

    importing.ring()
    importing.drop("lunch.jpg", jpeg("lunch"))
    importing.ring()

    importing.assert_imported({"lunch.jpg": jpeg("lunch")})


def test_a_file_in_the_place_of_the_folder_is_noted_on_the_link(importing: Importing) -> None:
    importing.account.delete(f"{APP_FOLDER}/Auto-Import")
    importing.account.write(f"{APP_FOLDER}/Auto-Import", b"not a folder")

    answer = importing.ring()

    assert answer.reason == "Dropbox refused"
    assert importing.link_row().detail == "path/not_folder"


def test_a_document_that_has_no_bytes_is_rejected_once(importing: Importing, faults: HttpFaults) -> None:
    importing.account.write_cloud_document(f"{APP_FOLDER}/Auto-Import/notes.paper")
    for route in (LIST, MOVE, MOVE_CHECK):
        faults.add(route, _without_content_hash, times=ALWAYS)

    answer = importing.ring()

    assert answer.reason == "drained"
    assert importing.outcomes() == {"notes.paper": "rejected:not_downloadable"}
    assert list(importing.tree()) == ["Rejected/Not downloadable/notes.paper"]
    assert importing.composition.services.records.unfiled("alice", importing.account.id) == []


async def _without_content_hash(_call: object, proceed: object) -> web.StreamResponse:
    """As Dropbox may answer for a document that is only ever exported."""
    answer = await proceed()  # type: ignore[operator]
    fields = json.loads(answer.text)
    for entry in fields.get("entries", ()):
        entry.get("success", entry).pop("content_hash", None)
    return web.Response(body=json.dumps(fields).encode(), headers=JSON)


def test_half_a_surrogate_pair_in_a_name_is_shown_as_a_question_mark(
    importing: Importing, faults: HttpFaults
) -> None:
    importing.drop("half.jpg", jpeg("half"))
    faults.add(LIST, rewriting("half.jpg", "\\ud83e.jpg"))

    importing.ring()

    importing.assert_imported({"?.jpg": jpeg("half")})
