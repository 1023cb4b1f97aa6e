"""Answers of Dropbox that its own types cannot hold spoil only their own entry, and nothing for good."""

from __future__ import annotations

import pytest

from local.dropbox_emulator import (
    AppLacksScope,
    BadCall,
    Effect,
    Fault,
    Forbidden,
    HtmlPage,
    OfAnotherLength,
    RawError,
    Rewritten,
    Status,
    Unauthorized,
)
from shared.domain.links import LinkProblem, LinkStatus
from shared.doorbells.received import ComeBackLater
from shared.dropbox_api import listing
from tests.integration.auto_import.conftest import Importing
from tests.integration.auto_import.documents import jpeg
from tests.integration.auto_import.http_faults import LIST, MOVE_CHECK

LUNCH, DINNER = jpeg("lunch"), jpeg("dinner")
RECURSIVE = '"recursive": true'


def fault(importing: Importing, answer: Effect, route: str, **which: object) -> None:
    importing.emulator.faults.add(Fault(route=route, answer=answer, **which))  # type: ignore[arg-type]


def clear(importing: Importing) -> None:
    importing.emulator.faults.clear()


# Listings


@pytest.mark.parametrize(
    ("at", "value"),
    [
        ("/entries/*/.tag", "hologram"),
        ("/entries/*/size", "7"),
        ("/entries/*", None),
        ("/entries/*/id", None),
    ],
)
def test_an_entry_that_nobody_knows_leaves_the_rest_of_its_page(
    importing: Importing, at: str, value: object
) -> None:
    importing.drop("lunch.jpg", LUNCH)
    importing.drop("odd.jpg", DINNER)
    fault(importing, Rewritten(at, value, mentions="odd.jpg"), LIST)

    importing.ring()

    assert importing.outcomes() == {"lunch.jpg": "imported"}
    clear(importing)
    importing.ring()
    importing.assert_imported({"lunch.jpg": LUNCH, "odd.jpg": DINNER})


def test_a_recursive_listing_that_fails_is_replaced_by_one_folder_by_folder(importing: Importing) -> None:
    importing.drop("lunch.jpg", LUNCH)
    importing.drop("trip/berlin/dinner.jpg", DINNER)
    fault(importing, HtmlPage(500, "Dropbox - 5xx"), LIST, mentions=RECURSIVE)

    importing.ring()

    assert list(importing.outcomes().values()) == ["imported", "imported"]
    assert importing.link_row().status is LinkStatus.ACTIVE


def test_for_an_hour_the_recursive_listing_is_not_tried_again(
    importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(importing, HtmlPage(500, "Dropbox - 5xx"), LIST, mentions=RECURSIVE)
    importing.ring()
    importing.calls()
    importing.drop("lunch.jpg", LUNCH)

    importing.ring()

    assert importing.calls()[LIST] < 4
    monkeypatch.setattr(listing, "FLAT_FOR_SECONDS", 0.0)
    clear(importing)
    importing.drop("dinner.jpg", DINNER)
    importing.ring()
    importing.assert_imported({"lunch.jpg": LUNCH, "dinner.jpg": DINNER})


# Moves


@pytest.mark.parametrize(
    "result",
    [
        {".tag": "failure", "failure": {".tag": "other"}},
        {".tag": "failure", "failure": {".tag": "relocation_error", "relocation_error": {".tag": "other"}}},
        {".tag": "unheard_of"},
        {".tag": "success", "success": {".tag": "hologram"}},
        None,
    ],
)
def test_a_move_that_nobody_understands_leaves_the_others_and_is_found_out_later(
    importing: Importing, result: object
) -> None:
    importing.drop("lunch.jpg", LUNCH)
    importing.drop("dinner.jpg", DINNER)
    fault(importing, Rewritten("/entries/0", result), MOVE_CHECK, times=2)

    importing.ring()
    clear(importing)
    importing.clock.advance(hours=7)
    importing.ring()
    importing.clock.advance(hours=7)
    importing.ring()

    importing.assert_imported({"lunch.jpg": LUNCH, "dinner.jpg": DINNER})


def test_a_look_up_that_is_refused_leaves_the_other_files(importing: Importing) -> None:
    importing.drop("lunch.jpg", LUNCH)
    fault(importing, Status(500, took_effect=True), MOVE_CHECK, times=9)
    with pytest.raises(ComeBackLater):
        importing.ring()
    clear(importing)
    importing.drop("dinner.jpg", DINNER)
    fault(importing, RawError({".tag": "path", "path": {".tag": "other"}}), "files/get_metadata")

    importing.ring()

    assert importing.outcomes() == {"lunch.jpg": "imported", "dinner.jpg": "imported"}
    assert importing.link_row().problem is None
    clear(importing)
    importing.ring()
    importing.assert_imported({"lunch.jpg": LUNCH, "dinner.jpg": DINNER})


def test_an_answer_to_moves_of_another_length_is_an_outage(importing: Importing) -> None:
    importing.drop("lunch.jpg", LUNCH)
    importing.drop("dinner.jpg", DINNER)
    fault(importing, OfAnotherLength(-1), MOVE_CHECK, times=2)

    with pytest.raises(ComeBackLater):
        importing.ring()

    clear(importing)
    importing.ring()
    importing.assert_imported({"lunch.jpg": LUNCH, "dinner.jpg": DINNER})


# What is not a file's


@pytest.mark.parametrize(
    ("answer", "status", "problem"),
    [
        (Forbidden("no_permission"), LinkStatus.SUSPENDED, LinkProblem.ACCESS_DENIED),
        (HtmlPage(403, "Forbidden"), LinkStatus.SUSPENDED, LinkProblem.ACCESS_DENIED),
        (RawError({".tag": "no_permission"}, 422), LinkStatus.SUSPENDED, LinkProblem.SPACE_UNAVAILABLE),
        (Unauthorized("route_access_denied"), LinkStatus.ACTIVE, LinkProblem.DROPBOX_REFUSED),
        (RawError({".tag": "other"}), LinkStatus.ACTIVE, LinkProblem.DROPBOX_REFUSED),
    ],
    ids=["403", "403 in HTML", "422", "unknown 401", "other"],
)
def test_the_link_says_what_is_wrong_and_goes_on_by_itself(
    importing: Importing, answer: Effect, status: LinkStatus, problem: LinkProblem
) -> None:
    importing.drop("lunch.jpg", LUNCH)
    fault(importing, answer, LIST)

    importing.ring()

    link = importing.link_row()
    assert (link.status, link.problem) == (status, problem)
    clear(importing)
    importing.clock.advance(hours=1)
    importing.ring()
    importing.assert_imported({"lunch.jpg": LUNCH})
    assert importing.link_row().problem is None


@pytest.mark.parametrize(
    "answer",
    [AppLacksScope("files.metadata.read"), BadCall("Unknown API function"), HtmlPage(400, "Bad request")],
    ids=["scope unticked", "unknown function", "HTML"],
)
def test_400_is_said_once_it_lasts_and_goes_on_by_itself(importing: Importing, answer: Effect) -> None:
    importing.drop("lunch.jpg", LUNCH)
    fault(importing, answer, LIST)
    for receives in range(1, 5):
        with pytest.raises(ComeBackLater):
            importing.ring(receive_count=receives, message_id="the same")

    link = importing.link_row()

    assert (link.status, link.problem) == (LinkStatus.ACTIVE, LinkProblem.DROPBOX_REFUSED)
    clear(importing)
    importing.ring()
    importing.assert_imported({"lunch.jpg": LUNCH})
    assert importing.link_row().problem is None
