"""The company's folder shared through the emulated Dropbox, from the request on record to the audit trail."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from io import StringIO
from typing import Any
from uuid import uuid4

import boto3
import pytest
from dropbox.sharing import AccessLevel

from functions.document_sync import handler
from local.dropbox_emulator import SYNCHRONISATION_APP, Fault, TeamSpace
from local.dropbox_emulator.core.shared_folders import Member
from local.dropbox_emulator.faults.refusing import Forbidden, RateLimited, RouteError
from shared.aws.stores.sharing_store import SharingStore
from shared.domain.links import LinkStatus, Space
from shared.domain.sharing import (
    WHOLE_FOLDER,
    Access,
    Change,
    ChangeKind,
    PendingChange,
    SharedFolder,
    SharingProblem,
)
from shared.doorbells.received import ComeBackLater
from tests.integration.document_sync.conftest import Synchronising, link_company

ANNA = "anna@accountants.example"
SCOPES = ("sharing.read", "sharing.write")
SHARE = Change(ChangeKind.SHARE, ANNA, Access.VIEWER)


@pytest.fixture
def sharing(synchronising: Synchronising) -> Synchronising:
    """The administrator has granted what sharing takes."""
    link_company(synchronising, generation=2, scopes=SCOPES, may_share=True)
    synchronising.emulator.calls.clear()
    return synchronising


def ask(company: Synchronising, change: Change, name: str = WHOLE_FOLDER) -> None:
    """What the page's API does."""
    company.clock.advance(seconds=1)
    pending = PendingChange(uuid4().hex, change, "bob", company.clock(), "request-1")
    SharingStore("deliveries").request(SharedFolder(company.company_id, company.account.id, name), pending)


def on_record(company: Synchronising, name: str = WHOLE_FOLDER) -> SharedFolder:
    folders = SharingStore("deliveries").of_account(company.company_id, company.account.id)
    return next(folder for folder in folders if folder.name == name)


def trail() -> list[dict[str, Any]]:
    rows = boto3.resource("dynamodb").Table("audit_trail").scan()["Items"]
    return sorted(rows, key=lambda row: str(row["at"]))


def problem(company: Synchronising, name: str = WHOLE_FOLDER) -> SharingProblem | None:
    last = on_record(company, name).last
    assert last is not None
    return last.problem


def test_a_folder_is_shared_changed_and_ended_over_http(sharing: Synchronising) -> None:
    for change in (
        SHARE,
        replace(SHARE, access=Access.EDITOR),
        Change(ChangeKind.REMOVE, ANNA),
        Change(ChangeKind.END),
    ):
        ask(sharing, change)
        assert sharing.ring() == {"batchItemFailures": []}
        assert on_record(sharing).pending is None
        assert problem(sharing) is None

    assert [(row["action"], row["actor"], row.get("person")) for row in trail()] == [
        ("shared", "bob", ANNA),
        ("shared", "bob", ANNA),
        ("access_ended", "bob", ANNA),
        ("sharing_ended", "bob", None),
    ]
    assert on_record(sharing).people == ()


def test_who_has_access_is_seen_as_dropbox_tells_it(sharing: Synchronising) -> None:
    ask(sharing, SHARE)

    sharing.answer()

    owner, anna = on_record(sharing).people
    assert (owner.access, owner.email) == (Access.OWNER, sharing.account.owner.email)
    assert (anna.access, anna.email, anna.is_invited) == (Access.VIEWER, ANNA, True)


def test_documents_are_delivered_beside_it_and_a_year_can_be_shared(sharing: Synchronising) -> None:
    sharing.accept("expense-1", b"one")
    sharing.answer()
    ask(sharing, SHARE, "2026")
    sharing.accept("expense-2", b"two")

    sharing.answer()

    assert problem(sharing, "2026") is None
    assert [status for status, _ in sharing.statuses()] == ["DELIVERED", "DELIVERED"]


@pytest.mark.parametrize("kind", [ChangeKind.SHARE, ChangeKind.REMOVE])
def test_an_address_that_cannot_even_be_asked_for_is_refused_and_deliveries_go_on(
    sharing: Synchronising, kind: ChangeKind
) -> None:
    ask(sharing, SHARE)
    sharing.answer()
    sharing.accept("expense-1", b"one")
    ask(sharing, Change(kind, "anna@comptabilité.example", Access.EDITOR))

    assert sharing.ring() == {"batchItemFailures": []}

    assert problem(sharing) is SharingProblem.ADDRESS_REFUSED
    assert sharing.statuses() == [("DELIVERED", None)]


def after_others(company: Synchronising, number: int) -> Member:
    """Somebody with access to the shared folder, whom Dropbox lists after so many others."""
    shared = company.emulator._service.shared_folders.get(on_record(company).shared_folder_id or "")
    assert shared is not None
    names = [*map(str, range(number)), "zoe"]
    shared.members += [Member(f"{name}@example.com", None, AccessLevel.viewer) for name in names]
    return shared.members[-1]


def test_access_is_changed_of_somebody_whom_hundreds_of_others_stand_before(sharing: Synchronising) -> None:
    ask(sharing, SHARE)
    sharing.answer()
    last = after_others(sharing, 450)
    ask(sharing, Change(ChangeKind.SHARE, last.email, Access.EDITOR))

    sharing.answer()

    assert problem(sharing) is None
    assert last.access == AccessLevel.editor


def test_access_is_changed_of_somebody_whom_dropbox_lists_last_of_too_many(
    sharing: Synchronising, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.dropbox_api.sharing.MOST_PAGES_SEARCHED", 2)
    ask(sharing, SHARE)
    sharing.answer()
    last = after_others(sharing, 450)
    sharing.emulator.calls.clear()
    ask(sharing, Change(ChangeKind.SHARE, last.email, Access.EDITOR))

    sharing.answer()

    routes = [call.route for call in sharing.emulator.calls.records()]
    before_update = routes[: routes.index("sharing/update_folder_member")]
    assert before_update.count("sharing/list_folder_members/continue") == 1
    assert last.access == AccessLevel.editor


@pytest.mark.parametrize("space", list(Space))
def test_a_teams_folder_is_shared_where_it_lies(synchronising: Synchronising, space: Space) -> None:
    account = synchronising.emulator.add_account("member", team=TeamSpace(member_folder="Bob"))
    team = replace(synchronising, account=account)
    link_company(
        team,
        generation=2,
        scopes=SCOPES,
        may_share=True,
        team_space_id=account.root_namespace,
        space=space,
    )
    team.accept("expense-1", b"one")
    team.answer()
    ask(team, SHARE)

    team.answer()

    place = "/Jenji" if space is Space.TEAM_SPACE else "/Bob/Jenji"
    assert problem(team) is None
    assert on_record(team).moved_to is None
    assert account.entry(place).id in account.shared_folder_ids


@pytest.mark.parametrize(
    ("route", "error", "expected"),
    [
        (
            "sharing/share_folder",
            {".tag": "team_policy_disallows_member_policy"},
            SharingProblem.OUTSIDE_TEAM,
        ),
        ("sharing/share_folder", {".tag": "email_unverified"}, SharingProblem.EMAIL_UNVERIFIED),
        ("sharing/add_folder_member", {".tag": "insufficient_plan"}, SharingProblem.PLAN),
        ("sharing/add_folder_member", {".tag": "cant_share_outside_team"}, SharingProblem.OUTSIDE_TEAM),
    ],
)
def test_what_dropbox_refuses_ends_the_change_with_its_reason_and_can_be_asked_again(
    sharing: Synchronising, route: str, error: dict[str, str], expected: SharingProblem
) -> None:
    sharing.emulator.faults.add(Fault(route=route, answer=RouteError(error), times=1))
    ask(sharing, SHARE)
    sharing.answer()
    refused = problem(sharing)
    ask(sharing, SHARE)
    sharing.answer()

    assert (refused, problem(sharing)) == (expected, None)
    assert sharing.link_row().status is LinkStatus.ACTIVE
    assert [row.get("problem") for row in trail()] == [expected.value, None]


def test_a_team_that_forbids_sharing_keeps_its_deliveries(sharing: Synchronising) -> None:
    sharing.emulator.faults.add(Fault(route="sharing/*", answer=Forbidden("no_permission")))
    sharing.accept("expense-1", b"one")
    ask(sharing, SHARE)

    sharing.answer()

    assert problem(sharing) is SharingProblem.NO_PERMISSION
    assert (sharing.link_row().status, sharing.link_row().problem) == (LinkStatus.ACTIVE, None)
    assert [status for status, _ in sharing.statuses()] == ["DELIVERED"]


def test_a_scope_that_was_taken_back_ends_sharing_and_nothing_else(sharing: Synchronising) -> None:
    kept = frozenset({"account_info.read", "files.metadata.read", "files.content.write"})
    ask(sharing, SHARE)
    sharing.accept("expense-1", b"one")
    sharing.emulator.authorizations.narrow(sharing.account.id, SYNCHRONISATION_APP.key, kept)

    sharing.answer()

    assert problem(sharing) is SharingProblem.CONSENT_MISSING
    assert (sharing.link_row().may_share, sharing.link_row().status) == (False, LinkStatus.ACTIVE)
    assert [status for status, _ in sharing.statuses()] == ["DELIVERED"]


def test_a_rate_limit_of_sharing_holds_no_delivery_up(sharing: Synchronising) -> None:
    sharing.emulator.faults.add(Fault(route="sharing/*", answer=RateLimited(retry_after=300), times=1))
    sharing.accept("expense-1", b"one")
    ask(sharing, SHARE)
    sharing.answer()
    waiting = on_record(sharing).pending
    sharing.clock.advance(minutes=6)

    sharing.answer()

    assert waiting is not None
    assert waiting.next_try is not None
    assert [status for status, _ in sharing.statuses()] == ["DELIVERED"]
    assert problem(sharing) is None


def test_a_job_that_takes_long_survives_its_drain(sharing: Synchronising) -> None:
    sharing.emulator.batches.largest_synchronous = 0
    sharing.emulator.batches.polls_in_progress = 10
    ask(sharing, SHARE)
    with pytest.raises(ComeBackLater):
        sharing.answer()
    under_way = on_record(sharing).pending
    for _ in range(3):
        sharing.clock.advance(seconds=20)
        with suppress(ComeBackLater):
            sharing.answer()

    assert under_way is not None
    assert under_way.job_id is not None
    assert problem(sharing) is None


def test_no_address_reaches_a_log(sharing: Synchronising, monkeypatch: pytest.MonkeyPatch) -> None:
    log = StringIO()
    for log_handler in handler.logger.handlers:
        monkeypatch.setattr(log_handler, "stream", log)
    ask(sharing, SHARE)

    sharing.ring()

    assert "doorbell answered" in log.getvalue()
    assert "accountants" not in log.getvalue()


def test_dropbox_is_asked_for_no_more_than_sharing_takes(sharing: Synchronising) -> None:
    ask(sharing, SHARE)

    sharing.answer()

    records = sharing.emulator.calls.records()
    routes = [call.route for call in records if call.route.startswith(("sharing/", "files/"))]
    assert routes == [
        "files/get_metadata",
        "sharing/share_folder",
        "sharing/add_folder_member",
        "sharing/list_folder_members",
        "files/get_metadata",
        "sharing/list_folder_members",
    ]
