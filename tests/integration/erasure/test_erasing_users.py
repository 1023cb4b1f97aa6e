"""A user is forgotten: everything of theirs, nothing of anybody else's, and what the host keeps stays."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace
from typing import Any

import boto3
import pytest

from functions.erasure import erase_subject, handler
from shared.aws.documents import document_eraser
from shared.aws.stores import erasable_records
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.resend_store import ResendStore
from shared.aws.stores.revocation_store import RevocationStore
from shared.domain.audit import AuditAction, AuditEntry
from shared.domain.erasures import Subject, SubjectKind
from shared.domain.errors import MalformedMessage
from shared.domain.links import LinkStatus
from shared.domain.previews import preview_key
from shared.domain.resends import Resend, ResendKind, ResendScope
from testing.fakes.crashing import CallCounter, Killed
from tests.integration.conftest import BUCKET
from tests.integration.erasure.conftest import Erasing
from tests.lambda_context import FakeLambdaContext

# Ids that begin alike, and those that keys write in another way.
USERS = ["alice", "alice-2", "alice/2", "alice%2F2", "al ice"]
OTHERS = {user: [other for other in USERS if other != user] for user in USERS}


def everything_of(erasing: Erasing, user_id: str) -> None:
    """A linked user with two documents, one of which was delivered."""
    erasing.add_user(user_id)
    erasing.link(f"user:{user_id}", account_id=f"dbid:{USERS.index(user_id)}")
    erasing.imported(user_id, "photo")
    erasing.imported(user_id, "ticket")
    erasing.delivered(user_id, f"expense of photo of {user_id}")
    erasing.pending(f"expense of ticket of {user_id}")


@pytest.mark.parametrize("user_id", ["alice", "alice/2", "alice%2F2"])
def test_everything_of_one_user_goes_and_nothing_of_others(erasing: Erasing, user_id: str) -> None:
    for other in OTHERS[user_id]:
        everything_of(erasing, other)
    before, versions_before = erasing.on_record(), erasing.versions()
    everything_of(erasing, user_id)

    erasing.erase(user_id=user_id)

    left = erasing.on_record(of=lambda row: not row.get("link_id", "").startswith("revoke:"))
    for name, rows in left.items():
        changes = [{**row, "changes": 0} for row in rows], [{**row, "changes": 0} for row in before[name]]
        assert sorted(map(str, changes[0])) == sorted(map(str, changes[1])), name
    assert erasing.versions() == versions_before


def test_the_token_is_left_to_be_revoked_and_the_account_is_free(erasing: Erasing) -> None:
    link = erasing.link("user:alice")

    erasing.erase(user_id="alice")

    links = LinkStore("links")
    revocation = RevocationStore("links").get("revoke:user:alice#1")
    assert revocation is not None
    assert revocation.encrypted_token == b"ciphertext"
    assert links.get("user:alice") is None
    assert links.reserved_by(link.account_id, link.purpose) is None


def test_nothing_is_deleted_while_a_drain_may_still_be_writing(erasing: Erasing) -> None:
    everything_of(erasing, "alice")

    at_once = erasing.request(user_id="alice")
    link = LinkStore("links").get("user:alice")
    still_there = erasing.versions()
    erasing.clock.advance(minutes=5)
    too_early = (erasing.go_on(), erasing.versions())
    erasing.clock.advance(minutes=2)
    after_all = (erasing.go_on(), erasing.versions())

    assert link is not None
    assert link.status is LinkStatus.UNLINKED
    assert (at_once, len(still_there)) == (False, 2)
    assert too_early[1] == still_there
    assert after_all == (True, [])


def test_a_user_without_a_link_is_forgotten_at_once(erasing: Erasing) -> None:
    erasing.imported("alice", "photo")

    is_complete = erasing.request(user_id="alice")

    assert is_complete
    assert erasing.on_record() == {name: [] for name in erasing.on_record()}
    assert erasing.versions() == []


def test_one_word_is_left_that_names_nobody(erasing: Erasing) -> None:
    erasing.link("user:alice")
    erasing.erase(user_id="alice")
    erasing.clock.advance(days=1)

    erasing.request(user_id="alice")

    [word] = erasing.words_left()
    assert (word.action, word.actor, word.account_id) == ("erased", None, None)
    assert "alice" not in word.subject
    assert word.at > str(erasing.clock())[:10]


def test_documents_the_host_still_refers_to_stay(erasing: Erasing) -> None:
    kept = erasing.imported("alice", "kept", is_kept=True)
    given_to_bob = erasing.imported("alice", "given")
    erasing.expense("another", "bob", given_to_bob)
    erasing.imported("alice", "forgotten")
    erasing.imported("alice", "deleted", is_kept=True, status="DELETED")

    erasing.erase(user_id="alice")

    assert erasing.versions() == sorted([kept, given_to_bob])


def test_the_pictures_of_their_documents_go_even_of_those_the_host_keeps_and_nobody_elses(
    erasing: Erasing,
) -> None:
    s3 = boto3.client("s3")
    erasing.imported("alice", "kept", is_kept=True)
    for user_id in ("alice", "alice-2", "bob"):
        s3.put_object(Bucket=BUCKET, Key=preview_key(user_id, "expense-1", 0), Body=b"jpeg")

    erasing.erase(user_id="alice")

    there = s3.list_objects_v2(Bucket=BUCKET, Prefix="previews/")["Contents"]
    assert [each["Key"] for each in there] == [
        "previews/alice-2/expense-1/0.jpg",
        "previews/bob/expense-1/0.jpg",
    ]


def test_every_version_goes_and_what_hides_it(erasing: Erasing) -> None:
    key = erasing.imported("alice", "photo")
    s3 = boto3.client("s3")
    s3.put_object(Bucket=BUCKET, Key=key, Body=b"another")
    s3.delete_object(Bucket=BUCKET, Key=key)
    versions_before = erasing.versions()

    erasing.erase(user_id="alice")

    assert (len(versions_before), erasing.versions()) == (3, [])


def test_what_was_stored_and_never_became_an_expense_goes_too(erasing: Erasing) -> None:
    boto3.client("s3").put_object(Bucket=BUCKET, Key="documents/alice/orphan", Body=b"photo")

    erasing.erase(user_id="alice")

    assert erasing.versions() == []


def test_a_user_the_host_has_forgotten_already_is_found_by_our_own_records(erasing: Erasing) -> None:
    erasing.imported("alice", "photo")
    erasing.delivered("alice", "expense of photo of alice", company_id="elsewhere")
    erasing.delivered("bob", "bob's", company_id="elsewhere")

    erasing.erase(user_id="alice")

    left = erasing.on_record()
    assert [row["expense_id"] for row in left["deliveries"] if "expense_id" in row] == ["bob's"]
    assert [row.get("employee_id") for row in left["employee_folders"]].count("alice") == 0


def test_a_delivery_of_theirs_goes_wherever_it_went(erasing: Erasing) -> None:
    erasing.add_user("alice")
    erasing.expense("entered by hand", "alice", "elsewhere/1")
    erasing.pending("entered by hand")
    erasing.pending("somebody else's")

    erasing.erase(user_id="alice")

    left = {row["kind"]: row for row in erasing.on_record()["deliveries"]}
    assert len(erasing.on_record()["deliveries"]) == len(left) == 2
    assert left["delivery"]["expense_id"] == "somebody else's"
    assert left["pending"]["of"] == left["delivery"]["delivery_key"]


def test_the_folders_name_of_somebody_who_took_it_meanwhile_stays_theirs(
    erasing: Erasing, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = erasing.delivered("alice", "expense-1")
    erasing.table("employee_folders").put_item(
        Item={"company_id": "atelier", "folder_key": "name#alice martin", "employee_id": "alice-2"}
    )

    erasing.erase(user_id="alice")

    [reservation] = erasing.on_record()["employee_folders"]
    assert (folder, reservation["employee_id"]) == ("Alice Martin", "alice-2")


def test_who_linked_a_company_is_named_no_more(erasing: Erasing) -> None:
    erasing.add_user("alice")
    erasing.link("company:atelier", user_id="alice", account_id="dbid:company")

    erasing.erase(user_id="alice")

    link = LinkStore("links").get("company:atelier")
    trail = erasing.on_record()["audit_trail"]
    assert link is not None
    assert (link.status, link.user_id[:7]) == (LinkStatus.ACTIVE, "erased:")
    assert [row["actor"][:7] for row in trail] == ["erased:"]


def test_somebody_who_links_again_meanwhile_is_unlinked_again(erasing: Erasing) -> None:
    erasing.link("user:alice")
    erasing.request(user_id="alice")
    erasing.link("user:alice", generation=3)
    erasing.clock.advance(minutes=7)

    again = erasing.go_on()
    erasing.clock.advance(minutes=7)

    assert not again
    assert erasing.go_on()
    assert LinkStore("links").get("user:alice") is None


def test_a_call_without_time_deletes_nothing_and_the_next_goes_on(erasing: Erasing) -> None:
    key = erasing.imported("alice", "photo")
    erasing.link("user:alice")
    erasing.request(user_id="alice")
    erasing.clock.advance(minutes=7)

    erasing.go_on(seconds=1)
    still_there = erasing.versions()
    erasing.clock.advance(minutes=1)
    is_complete = erasing.go_on()

    assert still_there == [key]
    assert is_complete
    assert erasing.versions() == []


def two_imported_and_delivered(erasing: Erasing) -> None:
    erasing.add_user("alice")
    for content in ("photo", "ticket"):
        erasing.imported("alice", content)
        erasing.delivered("alice", f"expense of {content} of alice")


def assert_forgotten(erasing: Erasing) -> None:
    """Of the company only how far its manifest is, which names nobody."""
    left = [row for rows in erasing.on_record().values() for row in rows]
    assert [row["manifest_month"] for row in left] == ["2026-03"]
    assert erasing.versions() == []


def test_time_that_is_up_at_any_page_loses_no_request(
    erasing: Erasing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasable_records, "PAGE", 1)
    alice = Subject(SubjectKind.USER, "alice")
    for pages in itertools.count(1, 4):
        two_imported_and_delivered(erasing)
        looks = iter([True] * pages)

        cut_short = handler.composed().request(alice, lambda looks=looks: next(looks, False))
        erasing.clock.advance(minutes=1)
        is_complete = not cut_short.unfinished or erasing.go_on()

        assert is_complete
        assert_forgotten(erasing)
        if not cut_short.unfinished:
            break
    assert pages > 20


@pytest.mark.parametrize("after", [False, True])
def test_a_call_that_dies_anywhere_is_finished_by_a_later_one(
    erasing: Erasing, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    composed = handler.composed()
    alice = Subject(SubjectKind.USER, "alice")
    for number in itertools.count(1):
        two_imported_and_delivered(erasing)
        counter = CallCounter(number, after=after)
        mortal = replace(
            composed.erase,
            **{
                field.name: counter.wrap(getattr(composed.erase, field.name))
                for field in fields(composed.erase)
                if field.name != "clock"
            },
        )
        try:
            replace(composed, erase=mortal).request(alice, lambda: True)
            is_over = counter.count < number
        except Killed:
            is_over = False
        erasing.clock.advance(minutes=20)

        assert erasing.go_on()

        assert_forgotten(erasing)
        assert len(erasing.words_left()) == 1
        if is_over:
            break
    assert number > 10


def test_more_versions_than_one_call_deletes_all_go(
    erasing: Erasing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_eraser, "MOST_AT_ONCE", 3)
    for number in range(8):
        erasing.imported("alice", f"photo-{number}")

    erasing.erase(user_id="alice")

    assert erasing.versions() == []


def test_drains_end_before_anything_is_deleted() -> None:
    assert erase_subject.DRAINS_END_WITHIN.total_seconds() > 300


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"user_id": ""},
        {"user_id": None},
        {"user_id": ["alice"]},
        {"user_id": "a" * 2000},
        {"user_id": "alice", "company_id": "atelier"},
        {"source": "elsewhere"},
        [],
    ],
)
def test_what_names_nobody_is_refused(erasing: Erasing, event: Any) -> None:
    erasing.imported("alice", "photo")

    with pytest.raises(MalformedMessage):
        handler.lambda_handler(event, FakeLambdaContext(900))

    assert len(erasing.versions()) == 1


def test_a_request_to_send_their_documents_again_goes_with_them(erasing: Erasing) -> None:
    folder = erasing.delivered("alice", "expense-1")
    resends = ResendStore("deliveries", "audit_trail")
    for kind, of in (
        (ResendKind.EMPLOYEE, folder),
        (ResendKind.EMPLOYEE, "bob"),
        (ResendKind.EXPENSE, "expense of bob"),
        (ResendKind.MONTH, "2026-03"),
    ):
        resend = Resend("atelier", "dbid:company", ResendScope(kind, of), erasing.clock(), f"request {of}")
        entry = AuditEntry("company:atelier", erasing.clock(), AuditAction.SENT_AGAIN, "bob", change_id=of)
        resends.request(resend, entry)

    erasing.erase(user_id="alice")

    left = {resend.scope.of for resend in resends.of_account("atelier", "dbid:company")}
    assert left == {"bob", "expense of bob", "2026-03"}
