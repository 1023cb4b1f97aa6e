"""What becomes of accepted documents, ordinarily and when something is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.document_sync.sync_run import SyncLimits
from shared.domain.deliveries import DeliveryStatus
from shared.domain.errors import (
    AwsUnavailable,
    DropboxRefused,
    DropboxUnavailable,
    LinkRevoked,
    PathConflict,
    RateLimited,
)
from shared.domain.expenses import Company, ExpenseStatus, User
from shared.domain.links import LinkProblem, LinkStatus
from shared.doorbells.received import ComeBackLater
from testing.fakes.failing import Failing, always, once, times
from tests.unit.document_sync.sync_world import COMPANY, SyncWorld


def statuses(world: SyncWorld) -> list[str]:
    return [row.status.value for row in world.rows()]


def test_an_accepted_document_is_filed_by_year_month_and_employee(world: SyncWorld) -> None:
    world.accept(b"ticket")

    world.answer()

    [path] = world.files()
    assert path.startswith("/Jenji/2026/03/Alice Martin/2026-03-14 SNCF 84.00 EUR [")
    assert path.endswith("].pdf")
    assert world.files()[path] == b"ticket"
    world.check_invariants()


def test_many_documents_are_committed_together(world: SyncWorld) -> None:
    for number in range(50):
        world.accept(b"receipt %d" % number)
    world.dropbox = Failing(world.dropbox)

    answer = world.answer()

    assert len(answer.recorded) == 50
    assert world.dropbox.calls.count("commit_documents") == 1
    assert world.dropbox.calls.count("send_documents") == 1
    world.check_invariants()


def test_an_empty_doorbell_makes_no_call_to_dropbox(world: SyncWorld) -> None:
    world.dropbox = Failing(world.dropbox)

    assert world.answer().reason == "drained"
    assert world.dropbox.calls == []


@pytest.mark.parametrize(
    "status",
    [
        ExpenseStatus.WAITING,
        ExpenseStatus.COMPLIANT,
        ExpenseStatus.NON_COMPLIANT,
        ExpenseStatus.REFUSED,
        ExpenseStatus.DELETED,
    ],
)
def test_what_is_no_longer_accepted_is_cancelled_and_not_uploaded(
    world: SyncWorld, status: ExpenseStatus
) -> None:
    expense = world.accept(b"ticket")
    world.set_status(expense, status)

    world.answer()

    assert statuses(world) == ["CANCELLED"]
    assert world.files() == {}


def test_an_expense_that_is_gone_is_cancelled(world: SyncWorld) -> None:
    expense = world.accept(b"ticket")
    del world.expenses.expenses[expense.expense_id]

    world.answer()

    assert statuses(world) == ["CANCELLED"]


@pytest.mark.parametrize("status", [ExpenseStatus.REIMBURSED, ExpenseStatus.RECORDED])
def test_what_comes_after_acceptance_is_delivered(world: SyncWorld, status: ExpenseStatus) -> None:
    expense = world.accept(b"ticket")
    world.set_status(expense, status)

    world.answer()

    assert statuses(world) == ["DELIVERED"]


def test_accepted_refused_and_accepted_again_is_delivered_once(world: SyncWorld) -> None:
    expense = world.accept(b"ticket")
    world.set_status(expense, ExpenseStatus.REFUSED)
    world.answer()
    world.set_status(expense, ExpenseStatus.ACCEPTED)
    world.stream(expense)

    world.answer()
    world.stream(expense)
    world.answer()

    assert statuses(world) == ["DELIVERED"]
    world.check_invariants()


def test_accepted_again_while_being_cancelled_is_not_cancelled(world: SyncWorld) -> None:
    expense = world.accept(b"ticket")
    world.set_status(expense, ExpenseStatus.REFUSED)
    world.deliveries = Failing(
        world.deliveries, cancel=once(lambda *_, **__: world.set_status(expense, ExpenseStatus.ACCEPTED))
    )
    world.answer()

    world.come_to_rest()

    assert [row.status for row in world.deliveries.rows.values()] == [DeliveryStatus.DELIVERED]


def test_a_document_added_after_acceptance_is_delivered_when_the_record_comes(world: SyncWorld) -> None:
    expense = world.accept(b"ticket")
    world.answer()
    other = world.expense(b"invoice")
    extended = world.expenses.put(replace(expense, documents=expense.documents + other.documents))
    del world.expenses.expenses[other.expense_id]
    world.stream(extended)

    world.answer()

    assert statuses(world) == ["DELIVERED", "DELIVERED"]
    world.check_invariants()


@pytest.mark.parametrize("status", [ExpenseStatus.REFUSED, ExpenseStatus.DELETED])
def test_a_delivered_file_stays_whatever_becomes_of_the_expense(
    world: SyncWorld, status: ExpenseStatus
) -> None:
    expense = world.accept(b"ticket")
    world.answer()
    world.set_status(expense, status)
    world.stream(expense)

    world.come_to_rest()

    assert list(world.files().values()) == [b"ticket"]


def test_somebodys_own_file_is_never_overwritten(world: SyncWorld) -> None:
    world.accept(b"ticket")
    path = world.put_in_the_way(b"mine")

    world.answer()

    [delivered] = world.files()
    assert world.account.read(path) == b"mine"
    assert delivered.startswith(path.rpartition(" [")[0])
    assert delivered != path
    world.check_invariants()


def test_a_deleted_delivered_file_is_not_recreated(world: SyncWorld) -> None:
    expense = world.accept(b"ticket")
    world.answer()
    [path] = world.files()
    world.account.delete(path)
    world.stream(expense)

    world.come_to_rest()

    assert world.files() == {}
    assert statuses(world) == ["DELIVERED"]


def test_homonyms_have_folders_of_their_own_and_a_new_name_changes_nothing(world: SyncWorld) -> None:
    world.accept(b"hers")
    world.answer()
    world.accept(b"the other's", employee="alice-2")
    world.answer()
    world.accept(b"hers again", name="Alice Durand")

    world.answer()

    folders = {data: path.split("/")[4] for path, data in world.files().items()}
    assert folders == {
        b"hers": "Alice Martin",
        b"the other's": "Alice Martin (2)",
        b"hers again": "Alice Martin",
    }


def test_a_full_dropbox_keeps_everything_pending_until_there_is_room(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.dropbox.is_full = True
    world.answer()
    full = world.link_row
    assert statuses(world) == ["PENDING"]

    world.dropbox.is_full = False
    world.come_to_rest()

    assert (full.status, full.problem) == (LinkStatus.FULL, "quota_full")
    assert full.next_due is not None
    assert full.next_due <= full.status_since + timedelta(hours=1, seconds=1)
    assert world.link_row.status is LinkStatus.ACTIVE
    world.check_invariants()


def test_a_smaller_plan_holds_and_the_larger_one_resumes(world: SyncWorld) -> None:
    world.accept(b"ticket")
    company = world.companies.companies[COMPANY]
    world.companies.companies[COMPANY] = Company(COMPANY, company.name, "solo")
    world.answer()
    held = world.link_row
    assert statuses(world) == ["PENDING"]

    world.companies.companies[COMPANY] = company
    world.come_to_rest()

    assert (held.status, held.problem) == (LinkStatus.SUSPENDED, "plan")
    world.check_invariants()


GONE: dict[str, User | None] = {
    "inactive": User("bob", COMPANY, "Bob", "en", active=False, role="administrator"),
    "unknown": None,
    "of another company": User("bob", "elsewhere", "Bob", "en", active=True, role="administrator"),
    "no administrator": User("bob", COMPANY, "Bob", "en", active=True, role="employee"),
}


@pytest.mark.parametrize(("why", "bob"), GONE.items(), ids=GONE.keys())
def test_nothing_goes_to_the_dropbox_of_an_administrator_who_is_gone(
    world: SyncWorld, why: str, bob: User | None
) -> None:
    world.accept(b"ticket")
    world.users.users = {"bob": bob} if bob else {}
    world.answer()

    link = world.link_row
    assert statuses(world) == ["PENDING"]
    assert (link.status, link.problem, link.detail) == (LinkStatus.SUSPENDED, "administrator_gone", why)
    [event] = world.events.of("LinkNeedsAttention")
    assert (event["status"], event["reason"]) == ("SUSPENDED", "administrator_gone")


def test_another_administrator_takes_the_link_over_and_what_was_held_is_delivered(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.users.users = {"eve": User("eve", COMPANY, "Eve", "en", active=True, role="administrator")}
    world.answer()

    world.links.take_over(world.link_row, by="eve", at=world.clock())
    world.come_to_rest()

    assert statuses(world) == ["DELIVERED"]
    assert (world.link_row.user_id, world.link_row.status) == ("eve", LinkStatus.ACTIVE)
    world.check_invariants()


def test_a_host_that_keeps_no_roles_is_taken_at_its_word(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.users.users = {"bob": User("bob", COMPANY, "Bob", "en", active=True)}

    world.come_to_rest()

    assert statuses(world) == ["DELIVERED"]


def test_a_revoked_token_keeps_everything_pending(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.dropbox = Failing(world.dropbox, send_documents=always(LinkRevoked(LinkProblem.TOKEN_REVOKED)))

    world.answer()

    assert world.link_row.status is LinkStatus.RECONNECT
    assert statuses(world) == ["PENDING"]


def test_a_rate_limit_makes_the_company_wait_and_counts_nothing_as_failed(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.dropbox = Failing(world.dropbox, commit_documents=times(1, RateLimited(30.0)))

    with pytest.raises(ComeBackLater) as later:
        world.answer()

    assert later.value.seconds == pytest.approx(30, abs=0.1)
    assert [row.tries for row in world.rows()] == [0]


@pytest.mark.parametrize("error", [DropboxUnavailable("503"), AwsUnavailable("throttled")])
def test_an_outage_puts_the_doorbell_back(world: SyncWorld, error: Exception) -> None:
    world.accept(b"ticket")
    world.dropbox = Failing(world.dropbox, send_documents=times(1, error))

    with pytest.raises(ComeBackLater):
        world.answer()
    world.come_to_rest()

    world.check_invariants()


def test_a_document_the_store_does_not_have_fails_visibly_and_hides_nothing(world: SyncWorld) -> None:
    lost = world.accept(b"lost")
    world.accept(b"ticket")
    del world.documents.objects[lost.documents[0].s3_key]

    world.answer()

    assert {(row.status.value, row.reason) for row in world.rows()} == {
        ("FAILED", "document_missing"),
        ("DELIVERED", None),
    }


def test_altered_bytes_are_never_delivered(world: SyncWorld) -> None:
    expense = world.accept(b"ticket")
    key = expense.documents[0].s3_key
    world.documents.objects[key] = b"altered"
    world.answer()
    assert world.files() == {}
    [waiting] = world.rows()

    world.documents.objects[key] = b"ticket"
    world.come_to_rest()

    assert (waiting.status.value, waiting.detail, waiting.tries) == ("PENDING", "DocumentCorrupted", 1)
    world.check_invariants()


def test_a_name_dropbox_refuses_fails_visibly(world: SyncWorld) -> None:
    from shared.domain.cloud_uploads import CommitReport

    world.accept(b"ticket")
    real = world.dropbox

    class Refusing:
        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def commit_documents(self, commits: list[object]) -> CommitReport:
            return CommitReport(
                failed={commit.document.key: DropboxRefused("path/disallowed_name") for commit in commits}  # type: ignore[attr-defined]
            )

    world.dropbox = Refusing()

    world.answer()

    assert [(row.status.value, row.detail) for row in world.rows()] == [("FAILED", "path/disallowed_name")]


def test_a_document_that_kills_drains_is_given_up_and_the_others_go_on(world: SyncWorld) -> None:
    class OutOfMemory(BaseException):
        pass

    killer = world.accept(b"killer")
    world.accept(b"ticket")

    def die_of_it(s3_key: str) -> None:
        if s3_key == killer.documents[0].s3_key:
            raise OutOfMemory

    world.documents.on_read = die_of_it
    deaths = 0

    for receive_count in range(1, 12):
        try:
            world.answer(world.received(receive_count=receive_count, message_id="the same"))
        except OutOfMemory:
            deaths += 1
        else:
            break
    world.come_to_rest()

    assert deaths == 5
    assert {(row.status.value, row.reason) for row in world.rows()} == {
        ("FAILED", "unreadable"),
        ("DELIVERED", None),
    }


def test_a_link_made_anew_during_a_drain_stops_it_before_the_commit(world: SyncWorld) -> None:
    world.accept(b"ticket")
    first = world.account

    def relink(*_: object) -> None:
        world.link(world.open_account("other"))

    world.dropbox = Failing(world.dropbox, send_documents=once(relink))

    answer = world.answer()
    world.come_to_rest()

    assert answer.reason == "link has changed"
    assert first.tree_contents() == {}
    assert list(world.files().values()) == [b"ticket"]


def test_pending_deliveries_go_to_the_account_linked_anew(world: SyncWorld) -> None:
    world.accept(b"ticket")
    first = world.account
    world.link(world.open_account("other"))

    world.answer()

    assert first.tree_contents() == {}
    assert sorted((row.status.value, row.reason) for row in world.rows()) == [
        ("CANCELLED", "account_changed"),
        ("DELIVERED", None),
    ]
    assert world.link_row.takes_over is False
    world.check_invariants()


def test_what_a_late_acceptance_leaves_for_the_old_account_is_taken_over_at_the_next_search(
    world: SyncWorld,
) -> None:
    first = world.account
    world.link(world.open_account("other"), reconcile=True)
    world.answer()
    expense = world.expense(b"ticket")
    document_ids = [document.document_id for document in expense.documents]
    world.deliveries.ensure(
        COMPANY, first.id, expense.expense_id, document_ids, accepted_at=world.clock(), now=world.clock()
    )

    world.clock.advance(minutes=6)
    world.answer()

    assert first.tree_contents() == {}
    assert list(world.files().values()) == [b"ticket"]
    assert not [row for row in world.rows() if row.status is DeliveryStatus.PENDING]


def test_a_backfill_delivers_what_was_accepted_since_and_nothing_before(world: SyncWorld) -> None:
    world.expense(b"too old")
    world.clock.advance(days=30)
    since = world.clock()
    for number in range(250):
        world.expense(b"receipt %d" % number)
    world.expense(b"refused", status=ExpenseStatus.REFUSED)
    world.link(world.account, since=since, reconcile=True)

    world.answer()

    assert len(world.files()) == 250
    assert b"too old" not in world.files().values()


def test_a_backfill_goes_on_where_time_ran_out(world: SyncWorld) -> None:
    since = world.clock()
    for number in range(250):
        world.expense(b"receipt %d" % number)
    world.link(world.account, since=since, reconcile=True)
    looks = iter([True])
    world.has_time = lambda: next(looks, False)

    answer = world.answer()

    assert answer.reason == "more to do"
    assert world.link_row.reconcile is not None
    assert world.link_row.reconcile.cursor is not None
    world.has_time = lambda: True
    world.come_to_rest()
    assert len(world.files()) == 250


def test_what_the_stream_lost_is_found_soon_after_linking_and_then_daily(world: SyncWorld) -> None:
    world.link(world.account, reconcile=True)
    world.answer()
    world.expense(b"lost by the stream")
    world.clock.advance(minutes=5)
    world.answer()
    world.expense(b"lost later")
    world.clock.advance(hours=23)
    world.answer()
    before = set(world.files().values())

    world.clock.advance(hours=1, minutes=1)
    world.answer()

    assert before == {b"lost by the stream"}
    assert set(world.files().values()) == {b"lost by the stream", b"lost later"}


def test_the_sweep_wakes_the_company_for_what_waits(world: SyncWorld) -> None:
    expense = world.accept(b"ticket")
    world.documents.objects[expense.documents[0].s3_key] = b"altered"

    world.answer()

    [row] = world.rows()
    assert row.next_try is not None
    assert world.link_row.next_due == row.next_try


def test_only_the_search_or_the_wait_is_due_when_nothing_else_is(world: SyncWorld) -> None:
    world.answer()

    assert world.link_row.next_due is not None
    assert world.link_row.next_due > world.clock() + timedelta(hours=5)


def test_an_unlinked_company_is_answered_without_a_call(world: SyncWorld) -> None:
    world.links.links.clear()

    assert world.answer().reason == "company is not linked"


def test_a_conflict_everywhere_fails_visibly(world: SyncWorld) -> None:
    from shared.domain.cloud_uploads import CommitReport

    world.accept(b"ticket")
    real = world.dropbox

    class Crowded:
        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def commit_documents(self, commits: list[object]) -> CommitReport:
            return CommitReport(
                failed={commit.document.key: PathConflict("path/conflict/file") for commit in commits}
            )  # type: ignore[attr-defined]

    world.dropbox = Crowded()

    world.answer()

    assert [(row.status.value, row.reason) for row in world.rows()] == [("FAILED", "path_taken")]


def test_the_same_document_of_another_expense_is_delivered_beside_the_first(world: SyncWorld) -> None:
    deleted = world.accept(b"ticket")
    world.answer()
    world.set_status(deleted, ExpenseStatus.DELETED)
    world.accept(b"ticket")

    world.answer()

    assert statuses(world) == ["DELIVERED", "DELIVERED"]
    assert list(world.files().values()) == [b"ticket", b"ticket"]
    world.check_invariants()


def test_an_expense_edited_after_its_delivery_changes_nothing_in_dropbox(world: SyncWorld) -> None:
    expense = world.accept(b"ticket")
    world.answer()
    delivered = world.files()
    edited = world.expenses.put(replace(expense, merchant="Deutsche Bahn", date=None))
    world.stream(edited)

    world.come_to_rest()

    assert world.files() == delivered
    assert statuses(world) == ["DELIVERED"]


def test_thousands_of_documents_are_delivered_over_several_drains_each_going_on_where_it_ended(
    world: SyncWorld,
) -> None:
    for number in range(2100):
        world.accept(b"receipt %d" % number)
    world.limits = SyncLimits(documents_a_portion=1000)
    world.dropbox = Failing(world.dropbox)
    recorded: list[int] = []
    taken_up: list[int] = []
    reasons: list[str] = []

    while not reasons or reasons[-1] != "drained":
        began = len(world.dropbox.calls)
        world.has_time = lambda began=began: "commit_documents" not in world.dropbox.calls[began:]
        answer = world.answer()
        reasons.append(answer.reason)
        recorded.append(len(answer.recorded))
        taken_up.append(sum(row.path is not None for row in world.rows()))
        world.clock.advance(seconds=10)

    assert recorded[:3] == [1000, 1000, 100]
    assert taken_up[:3] == [1000, 2000, 2100]
    assert world.dropbox.calls.count("commit_documents") == 3
    assert len(world.files()) == 2100


def test_hundreds_of_documents_are_committed_in_portions_and_none_waits_for_the_last(
    world: SyncWorld,
) -> None:
    for number in range(600):
        world.accept(b"receipt %d" % number)
    world.dropbox = Failing(world.dropbox)

    answer = world.answer()

    assert len(answer.recorded) == 600
    assert world.dropbox.calls.count("commit_documents") == 3
    world.check_invariants()


def test_what_stops_one_portion_stops_those_behind_it(world: SyncWorld) -> None:
    for number in range(600):
        world.accept(b"receipt %d" % number)
    world.limits = SyncLimits(documents_a_portion=50)
    world.dropbox = Failing(world.dropbox, commit_documents=always(RateLimited(30.0)))

    with pytest.raises(ComeBackLater):
        world.answer()

    assert world.dropbox.calls.count("commit_documents") <= 3
    assert world.files() == {}


def test_hundreds_of_doorbells_for_one_acceptance_cost_one_upload(world: SyncWorld) -> None:
    world.accept(b"ticket")
    doorbells = [world.received() for _ in range(200)]
    world.clock.advance(seconds=10)
    world.dropbox = Failing(world.dropbox)

    reasons = [world.answer(doorbell).reason for doorbell in doorbells]

    assert reasons == ["drained"] + ["already looked"] * 199
    assert world.dropbox.calls.count("commit_documents") == 1
