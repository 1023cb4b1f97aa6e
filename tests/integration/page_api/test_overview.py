"""What administrators see of their company: who has linked, and numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3

from shared.aws.stores.activity_store import ActivityStore
from shared.domain.activity import BatchActivity
from shared.domain.links import LinkProblem, LinkStatus
from tests.integration.page_api.conftest import ALICE, BOB, NOW, PageApi

LINKS, MONTHS = "/company/links", "/company/months"
SINCE = NOW - timedelta(days=3)


def employee(
    api: PageApi, user_id: str, *, company: str = "atelier", works_for: str = "", **link: Any
) -> None:
    """A user of the host who has linked a Dropbox for that company."""
    boto3.resource("dynamodb").Table("users").put_item(
        Item={"user_id": user_id, "company_id": works_for or company, "name": user_id.title()}
    )
    made = {"link_id": f"user:{user_id}", "user_id": user_id, "account_id": f"dbid:{user_id}"}
    api.link(**(made | {"company_id": company} | link))


def note(batch_id: str, began_at: datetime, *numbers: int, company: str = "atelier") -> None:
    ActivityStore("reading_jobs").note(BatchActivity(company, batch_id, began_at, *numbers))


def test_who_has_linked_is_listed_by_name_with_what_does_not_work_and_since_when(api: PageApi) -> None:
    employee(api, "alice")
    employee(api, "carol", status=LinkStatus.RECONNECT, problem=LinkProblem.TOKEN_REVOKED, status_since=SINCE)
    employee(api, "dora", status=LinkStatus.UNLINKED)
    employee(api, "emil", company="another")
    employee(api, "fred", works_for="another")
    api.company_link()

    shown = api.get(LINKS, BOB)

    assert shown == {
        "links": [
            {"name": "Alice", "linked_at": "2026-10-13T09:00:00.000000Z", "status": "ACTIVE"},
            {
                "name": "Carol",
                "linked_at": "2026-10-13T09:00:00.000000Z",
                "status": "RECONNECT",
                "problem": "token_revoked",
                "since": "2026-11-19T09:00:00.000000Z",
            },
        ],
        "linked": 3,
        "broken": 1,
    }


def test_a_large_company_is_read_page_by_page_and_those_that_do_not_work_alone(api: PageApi) -> None:
    for number in range(7):
        broken = {"status": LinkStatus.FULL, "problem": LinkProblem.QUOTA_FULL, "status_since": SINCE}
        employee(api, f"user-{number}", **(broken if number % 3 == 0 else {}))

    first = api.get(LINKS, BOB, limit=5)
    second = api.get(LINKS, BOB, limit=5, cursor=first["cursor"])
    broken = api.get(LINKS, BOB, limit=5, broken="true")

    names = [link["name"] for page in (first, second) for link in page["links"]]
    assert names == [f"User-{number}" for number in range(7)]
    assert (first["linked"], first["broken"], "linked" in second) == (7, 3, False)
    assert [link["name"] for link in broken["links"]] == ["User-0", "User-3", "User-6"]


def test_nothing_is_said_of_whose_dropbox_it_is_or_what_lies_there(api: PageApi) -> None:
    employee(api, "alice", account_name="Secret", account_email="secret@example.com")

    shown = str(api.get(LINKS, BOB))

    assert "ecret" not in shown
    assert "dbid:" not in shown


def test_months_are_counted_the_latest_first_and_those_without_anything_are_nought(api: PageApi) -> None:
    api.company_link()
    note("one", datetime(2026, 11, 1, tzinfo=UTC), 5, 1, 2)
    note("two", datetime(2026, 11, 30, 23, 59, tzinfo=UTC), 3, 0, 0)
    note("two", datetime(2026, 11, 30, 23, 59, tzinfo=UTC), 4, 0, 0)
    note("three", datetime(2026, 10, 31, tzinfo=UTC), 7, 0, 0)
    note("other", datetime(2026, 11, 3, tzinfo=UTC), 9, 9, 9, company="atelier-2")
    api.deliver("expense-1")
    api.deliver("expense-2")
    api.pend("expense-3")

    shown = api.get(MONTHS, BOB)

    months = shown["months"]
    assert [month["month"] for month in months][:3] == ["2026-11", "2026-10", "2026-09"]
    assert len(months) == 12
    assert months[0] == {
        "month": "2026-11",
        "imported": 9,
        "duplicate": 1,
        "rejected": 2,
        "delivered": 2,
        "is_complete": True,
    }
    assert (months[1]["imported"], months[2]["imported"], months[11]["month"]) == (7, 0, "2025-12")
    assert "cursor" not in shown


def test_only_administrators_see_any_of_it(api: PageApi) -> None:
    employee(api, "alice")

    assert api.error(f"GET {LINKS}", ALICE) == (403, "not_administrator")
    assert api.error(f"GET {MONTHS}", ALICE) == (403, "not_administrator")


def test_a_cursor_of_another_company_or_list_is_refused(api: PageApi) -> None:
    for number in range(3):
        employee(api, f"user-{number}")
    cursor = api.get(LINKS, BOB, limit=1)["cursor"]
    other = BOB | {"company_id": "another"}

    assert api.error(f"GET {LINKS}", other, cursor=cursor) == (400, "invalid_cursor")
    assert api.error(f"GET {LINKS}", BOB, cursor=cursor, broken="true") == (400, "invalid_cursor")
    assert api.error(f"GET {MONTHS}", BOB, cursor=cursor) == (400, "invalid_cursor")


def test_a_link_that_is_mended_is_no_longer_said_to_be_broken(api: PageApi) -> None:
    employee(api, "alice", status=LinkStatus.RECONNECT, status_since=SINCE)
    link = api.links.get("user:alice")
    assert link is not None
    api.links.update(link, status=LinkStatus.ACTIVE, problem=None, status_since=None)

    shown = api.get(LINKS, BOB)

    assert replace(link, status=LinkStatus.ACTIVE).status.value == shown["links"][0]["status"]
    assert (shown["broken"], "since" in shown["links"][0]) == (0, False)
