"""How links stand, as their owners see them; and how they are unmade."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest

from shared.aws.stores.link_store import EVERYTHING
from shared.aws.stores.link_tables import AuditRow, SwitchRow
from shared.domain.imports import Outcome
from shared.domain.links import Backfill, Batch, LinkProblem, LinkStatus, new_batch_id
from tests.integration.page_api.conftest import ALICE, BOB, NOW, PageApi


def own(api: PageApi) -> Any:
    """Alice's auto-import, as `GET /links` shows it."""
    (link,) = api.get("/links")["links"]
    return link


def companys(api: PageApi, **reservations: str) -> Any:
    """The company's synchronisation, as `GET /links` shows it to Bob."""
    _, link = api.get("/links", BOB | reservations)["links"]
    return link


def test_who_never_linked_is_offered_it(api: PageApi) -> None:
    link = own(api)

    assert (link["purpose"], link["status"], link["may_link"]) == ("auto_import", "NOT_LINKED", True)
    assert not {"account", "problem", "counts", "batch", "refusal"} & link.keys()


def test_employees_are_not_shown_their_companys_link(api: PageApi) -> None:
    api.company_link()

    assert [link["purpose"] for link in api.get("/links")["links"]] == ["auto_import"]


def test_a_small_plan_is_told_why_linking_is_not_offered(api: PageApi) -> None:
    link = companys(api, plan="solo", locale="fr")

    assert (link["status"], link["may_link"]) == ("NOT_LINKED", False)
    assert link["refusal"]["code"] == "plan_required"
    assert "nécessite" in link["refusal"]["message"]


def test_a_link_at_rest_is_shown_whole(api: PageApi) -> None:
    api.link(last_clean_listing=NOW - timedelta(hours=1))

    assert own(api) == {
        "purpose": "auto_import",
        "status": "ACTIVE",
        "may_link": True,
        "account": {"name": "Alice", "email": "alice@example.com"},
        "folder": "Apps/Jenji/Auto-Import",
        "linked_at": "2026-10-13T09:00:00.000000Z",
        "last_checked_at": "2026-11-22T08:00:00.000000Z",
        "is_paused": False,
        "poll_after_seconds": 30,
        "counts": {"waiting": 0, "stuck": 0, "rejected": 0, "retryable": 0, "to_check": 0},
    }


def test_a_link_never_looked_at_is_worth_asking_again_soon(api: PageApi) -> None:
    api.link(last_clean_listing=None)

    assert own(api)["last_checked_at"] is None
    assert own(api)["poll_after_seconds"] == 2


@pytest.mark.parametrize(("minutes", "seconds"), [(9, 5), (11, 30)])
def test_a_link_is_worth_asking_again_sooner_while_more_may_follow(
    api: PageApi, minutes: int, seconds: int
) -> None:
    api.link(last_clean_listing=NOW - timedelta(minutes=minutes))

    assert own(api)["poll_after_seconds"] == seconds


def test_a_batch_under_way_is_counted(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    for outcome in (Outcome.IMPORTED, Outcome.IMPORTED, Outcome.DUPLICATE, Outcome.REJECTED):
        api.record(outcome, batch_id=batch_id)
    api.link(batch=Batch(batch_id, 6, NOW + timedelta(seconds=1)))

    shown = own(api)

    assert shown["batch"] == {
        "batch_id": batch_id,
        "began_at": "2026-11-22T08:59:59.000000Z",
        "seen": 6,
        "imported": 2,
        "duplicate": 1,
        "rejected": 1,
        "under_way": 2,
        "seconds": 5.0,
        "is_settled": False,
        "being_read": 0,
        "to_check": 0,
        "not_estimated": "too_few",
        "progress": shown["batch"]["progress"],
    }
    assert shown["poll_after_seconds"] == 2
    assert shown["counts"]["rejected"] == 1


def test_a_batch_of_which_nothing_is_recorded_has_no_seconds(api: PageApi) -> None:
    api.link(batch=Batch(new_batch_id(NOW), 3, NOW))

    batch = own(api)["batch"]

    assert (batch["seconds"], batch["under_way"]) == (None, 3)


def test_a_large_batch_is_asked_for_less_often(api: PageApi) -> None:
    api.link(batch=Batch(new_batch_id(NOW), 10_000, NOW))

    assert own(api)["poll_after_seconds"] == 10


def test_a_file_that_went_away_is_not_waited_for_once_a_listing_was_clean(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    api.record(Outcome.IMPORTED, batch_id=batch_id)
    api.link(batch=Batch(batch_id, 5, NOW), last_clean_listing=NOW + timedelta(minutes=1))

    batch = own(api)["batch"]

    assert (batch["seen"], batch["under_way"], batch["is_settled"]) == (1, 0, True)


def test_a_file_that_waits_keeps_its_batch_open_without_haste(api: PageApi) -> None:
    batch_id = new_batch_id(NOW)
    api.record(Outcome.IMPORTED, batch_id=batch_id)
    api.wait_for(batch_id=batch_id, since=NOW - timedelta(days=2))
    api.link(batch=Batch(batch_id, 2, NOW), last_clean_listing=NOW - timedelta(hours=1))

    shown = own(api)

    assert shown["poll_after_seconds"] == 30
    assert [batch["under_way"] for batch in api.get("/imports/batches")["batches"]] == [0, 1]
    assert (shown["counts"]["waiting"], shown["counts"]["stuck"]) == (1, 1)


def test_the_newest_batch_is_shown_where_the_link_knows_of_none(api: PageApi) -> None:
    api.record(Outcome.IMPORTED)
    newest = api.record(Outcome.IMPORTED)
    api.link()

    assert own(api)["batch"]["batch_id"] == newest.batch_id


@pytest.mark.parametrize(
    ("changes", "code", "action"),
    [
        ({"status": LinkStatus.RECONNECT, "problem": LinkProblem.TOKEN_REVOKED}, "token_revoked", "relink"),
        ({"status": LinkStatus.RECONNECT, "problem": LinkProblem.SCOPE_MISSING}, "scope_missing", "relink"),
        ({"status": LinkStatus.FULL, "problem": LinkProblem.QUOTA_FULL}, "quota_full", "free_space"),
        ({"status": LinkStatus.SUSPENDED, "problem": LinkProblem.USER_INACTIVE}, "user_inactive", "contact"),
        ({"status": LinkStatus.SUSPENDED, "problem": LinkProblem.ADMINISTRATOR_GONE}, "administrator_gone", "take_over"),
        ({"status": LinkStatus.SUSPENDED, "problem": LinkProblem.DROPBOX_SUSPENDED}, "dropbox_suspended", "contact"),
        ({"status": LinkStatus.SUSPENDED, "problem": LinkProblem("of a later release")}, "dropbox_refused", "contact"),
        ({"status": LinkStatus.FULL, "problem": LinkProblem.TRANSPORT_LIMIT}, "transport_limit", "wait"),
        ({"status": LinkStatus.SUSPENDED, "problem": LinkProblem.ACCESS_DENIED}, "access_denied", "contact"),
        ({"problem": LinkProblem.DROPBOX_UNAVAILABLE}, "dropbox_unavailable", "wait"),
        ({"is_paused": True}, "paused", "wait"),
        ({"not_before": NOW + timedelta(minutes=5)}, "rate_limited", "wait"),
        ({"problem": LinkProblem.DROPBOX_REFUSED, "detail": "path/conflict/file"}, "dropbox_refused", "contact"),
    ],
)  # fmt: skip
def test_a_problem_says_what_mends_it(api: PageApi, changes: dict[str, Any], code: str, action: str) -> None:
    api.link(status_since=NOW - timedelta(hours=1), batch=Batch(new_batch_id(NOW), 3, NOW), **changes)

    shown = own(api)

    assert (shown["problem"]["code"], shown["problem"]["action"]) == (code, action)
    assert shown["problem"]["message"].endswith(".")
    assert shown["poll_after_seconds"] == 30


def test_a_team_at_its_limit_is_told_until_when(api: PageApi) -> None:
    month_after = (NOW.replace(day=1) + timedelta(days=31)).replace(day=1)
    api.link(status=LinkStatus.FULL, problem=LinkProblem.TRANSPORT_LIMIT, not_before=NOW + timedelta(hours=9))

    shown = own(api)["problem"]

    assert (shown["code"], shown["until"][:10]) == ("transport_limit", f"{month_after:%Y-%m-%d}")


def test_a_pause_of_everything_is_everybodys(api: PageApi) -> None:
    api.link()
    SwitchRow(EVERYTHING, paused=True).save()

    assert (own(api)["is_paused"], own(api)["problem"]["code"]) == (True, "paused")


def test_a_pause_that_dropbox_asked_for_ends_by_itself(api: PageApi) -> None:
    api.link(not_before=NOW - timedelta(seconds=1))

    assert "problem" not in own(api)


def test_what_became_of_a_companys_documents_is_counted(api: PageApi) -> None:
    first = api.pend()
    api.pend()
    api.fail()
    api.deliver()
    api.deliver(account_id="dbid:before")
    api.company_link()

    shown = companys(api)

    assert shown["counts"] == {"pending": 2, "failed": 1, "delivered_this_month": 2, "stuck": 0}
    assert shown["oldest_pending_since"] == f"{first.since:%Y-%m-%dT%H:%M:%S.%fZ}"
    assert shown["since"] == "2026-10-13T09:00:00.000000Z"
    assert (shown["folder"], shown["poll_after_seconds"]) == ("Jenji", 2)


def test_a_company_linked_just_now_is_worth_asking_again_sooner(api: PageApi) -> None:
    api.company_link(linked_at=NOW, last_clean_listing=None)

    assert companys(api)["poll_after_seconds"] == 5


def test_what_is_pending_for_a_day_is_stuck(api: PageApi) -> None:
    api.pend()
    api.clock.advance(hours=25)
    api.company_link()

    assert companys(api)["counts"]["stuck"] == 1


def test_only_this_months_deliveries_count(api: PageApi) -> None:
    api.deliver()
    api.clock.advance(days=20)
    api.company_link()

    assert companys(api)["counts"]["delivered_this_month"] == 0


def test_counts_stop_at_a_thousand_and_say_so(api: PageApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.page_api.links.show_links.MOST_COUNTED", 2)
    for _ in range(3):
        api.pend()
    api.company_link()

    shown = companys(api)

    assert (shown["counts"]["pending"], shown["counts_are_capped"]) == (2, True)


def test_so_do_the_counts_of_files(api: PageApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.page_api.links.show_links.MOST_WAITING", 2)
    for _ in range(3):
        api.wait_for()
    api.link()

    shown = own(api)

    assert (shown["counts"]["waiting"], shown["counts_are_capped"]) == (2, True)


def test_a_company_whose_plan_got_smaller_is_told_before_a_drain_is(api: PageApi) -> None:
    api.company_link()

    assert companys(api, plan="solo")["problem"]["code"] == "plan"


@pytest.mark.parametrize(
    ("progress", "state"),
    [({}, "waiting"), ({"started_at": NOW}, "searching"), ({"started_at": NOW, "completed_at": NOW}, "done")],
)
def test_a_backfill_shows_how_far_it_is(api: PageApi, progress: dict[str, Any], state: str) -> None:
    request = replace(Backfill(NOW - timedelta(days=300), NOW, expenses=3, documents=5), **progress)
    api.company_link(backfill=request)

    backfill = companys(api)["backfill"]

    assert (backfill["state"], backfill["expenses"], backfill["documents"]) == (state, 3, 5)


def test_unlinking_unmakes_the_link_as_often_as_one_likes(api: PageApi) -> None:
    api.link()

    first, again = api.unlink("auto_import"), api.unlink("auto_import")

    assert first == again
    assert (first[0], first[1]["status"], first[1]["may_link"]) == (200, "UNLINKED", True)
    row = api.links.get("user:alice")
    assert row is not None
    assert (row.status, row.generation, row.encrypted_token) == (LinkStatus.UNLINKED, 2, None)
    (audit,) = AuditRow.query("user:alice")
    assert (audit.action, audit.actor) == ("unlinked", "alice")


def test_an_administrator_unlinks_the_companys_dropbox_whatever_the_plan(api: PageApi) -> None:
    api.company_link()

    status, link = api.unlink("synchronisation", BOB | {"plan": "solo"})

    assert (status, link["status"], link["may_link"]) == (200, "UNLINKED", False)


def test_what_was_never_linked_cannot_be_unlinked(api: PageApi) -> None:
    assert api.error("DELETE /links/{purpose}", path="/links/auto_import") == (409, "not_linked")


def test_there_is_no_third_purpose(api: PageApi) -> None:
    assert api.error("DELETE /links/{purpose}", path="/links/job") == (404, "not_found")


def test_an_aws_that_fails_asks_to_try_again(api: PageApi) -> None:
    boto3.client("dynamodb").delete_table(TableName="links")

    assert api.error("GET /links", ALICE) == (503, "try_again")


SPACE = "PUT /links/{purpose}/space"
SPACE_PATH = "/links/synchronisation/space"


def choose(api: PageApi, space: str, claims: Any = BOB) -> tuple[int, Any]:
    return api.call(SPACE, claims, path=SPACE_PATH, body={"space": space})


def test_an_administrator_of_a_team_is_told_where_the_folder_lies_and_may_move_what_comes(
    api: PageApi,
) -> None:
    api.company_link(team_space_id="2058", account_locale="en")
    before = companys(api)

    status, link = choose(api, "team_space")

    assert (before["space"], before["folder"]) == ("member_folder", "Jenji")
    assert (status, link["space"], companys(api)["space"]) == (200, "team_space", "team_space")
    assert [(row.action, row.actor) for row in AuditRow.scan()] == [("space_chosen", "bob")]
    assert len(api.aws.company_doorbells()) == 1


def test_the_same_choice_again_changes_nothing(api: PageApi) -> None:
    link = api.company_link(team_space_id="2058")

    choose(api, "member_folder")

    assert api.links.get("company:atelier") == link


def test_without_a_team_space_there_is_nothing_to_choose(api: PageApi) -> None:
    api.company_link()

    status, answer = choose(api, "team_space")

    assert (status, answer["error"]["code"]) == (409, "no_team_space")
    assert "space" not in companys(api)


def test_the_space_is_the_administrators_to_choose(api: PageApi) -> None:
    api.company_link(team_space_id="2058")

    status, answer = choose(api, "team_space", claims=ALICE)

    assert (status, answer["error"]["code"]) == (403, "not_administrator")


@pytest.mark.parametrize(
    ("account_locale", "folder"),
    [
        ("en_GB", "Apps/Jenji/Auto-Import"),
        ("fr", "Applications/Jenji/Auto-Import"),
        ("pt_BR", "Aplicativos/Jenji/Auto-Import"),
        ("ja", "(the folder of your apps)/Jenji/Auto-Import"),
        ("", "(the folder of your apps)/Jenji/Auto-Import"),
    ],
)
def test_the_folder_is_named_as_its_user_sees_it(api: PageApi, account_locale: str, folder: str) -> None:
    api.link(account_locale=account_locale)

    assert own(api)["folder"] == folder


TAKE_OVER, TAKE_OVER_PATH = "POST /links/{purpose}/takeover", "/links/synchronisation/takeover"


def test_an_administrator_takes_over_what_one_who_is_gone_has_linked(api: PageApi) -> None:
    api.company_link(user_id="gone", status=LinkStatus.SUSPENDED, problem=LinkProblem.ADMINISTRATOR_GONE)

    status, link = api.call(TAKE_OVER, BOB, path=TAKE_OVER_PATH)
    again, _ = api.call(TAKE_OVER, BOB, path=TAKE_OVER_PATH)

    assert (status, link["status"], link.get("problem")) == (200, "ACTIVE", None)
    assert again == 200
    assert [(row.action, row.actor) for row in AuditRow.scan()] == [("taken_over", "bob")]
    assert [doorbell.company_id for doorbell in api.aws.company_doorbells()] == ["atelier"]


def test_who_is_no_administrator_takes_nothing_over(api: PageApi) -> None:
    api.company_link(user_id="gone", status=LinkStatus.SUSPENDED, problem=LinkProblem.ADMINISTRATOR_GONE)

    assert api.call(TAKE_OVER, ALICE, path=TAKE_OVER_PATH)[0] == 403
    assert list(AuditRow.scan()) == []


def test_auto_import_is_nobodys_to_take_over(api: PageApi) -> None:
    api.link()

    assert api.call(TAKE_OVER, BOB, path="/links/auto_import/takeover")[0] == 404
