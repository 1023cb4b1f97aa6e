"""Every document of an accepted expense becomes pending once, however its stream behaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.expense_accepted.ensure_deliveries import Ensured, EnsureDeliveries, ExpenseChange
from shared.aws.host.expense_rows import accepted_from_image
from shared.domain.deliveries import DeliveryKey, DeliveryReason, DeliveryStatus
from shared.domain.errors import AwsUnavailable, ValuesRefused
from shared.domain.expenses import ExpenseStatus
from shared.domain.host_expenses import HostExpense
from shared.domain.links import Link, LinkStatus, Purpose
from shared.doorbells.messages import CompanyDoorbell
from testing.fakes.failing import Failing, times
from testing.fakes.stores import FakeDoorbells, FakeLinks
from testing.fakes.synchronisation import FakeDeliveries, FakeExpenses
from tests.expense_items import ACCEPTED_AT, accepted_expense, document, image_of
from tests.places import place_at

NOW = ACCEPTED_AT + timedelta(seconds=2)
LINK = Link(
    link_id="company:atelier",
    purpose=Purpose.SYNCHRONISATION,
    user_id="bob",
    company_id="atelier",
    account_id="dbid:first",
    account_name="Bob",
    account_email="bob@example.com",
    encrypted_token=b"",
    status=LinkStatus.ACTIVE,
    generation=1,
    linked_at=ACCEPTED_AT - timedelta(days=2),
    sync_since=ACCEPTED_AT - timedelta(days=1),
)
KEY = DeliveryKey("atelier", "dbid:first", "expense-1", "document-1")


class Stream:
    """A linked company, its records and its queue; changes are given to the function one batch at a time."""

    def __init__(self) -> None:
        self.expenses = FakeExpenses()
        self.deliveries = FakeDeliveries(self.expenses)
        self.doorbells = FakeDoorbells()
        self.links = FakeLinks()
        self.link()

    def link(self, link: Link = LINK) -> None:
        self.links.links[link.link_id] = link

    def give(self, *changes: HostExpense | dict[str, Any], **collaborators: Any) -> Ensured:
        given = {"links": self.links, "deliveries": self.deliveries, "ring": self.doorbells.ring}
        images = [image_of(change) if isinstance(change, HostExpense) else change for change in changes]
        return EnsureDeliveries(**given | collaborators, read_expense=accepted_from_image, now=lambda: NOW)(
            [
                ExpenseChange(f"record-{number}", NOW, image, f"event-{number}")
                for number, image in enumerate(images)
            ]
        )

    def statuses(self) -> dict[str, DeliveryStatus]:
        return {key.document_id: row.status for key, row in self.deliveries.rows.items()}

    @property
    def rung(self) -> list[CompanyDoorbell]:
        return [replace(doorbell, correlation_id="") for doorbell in self.doorbells.rung]

    def refuse_and_drain(self) -> None:
        """The host refuses the expense, and a drain finds it so."""
        self.expenses.put(accepted_expense(status=ExpenseStatus.REFUSED))
        for row in list(self.deliveries.rows.values()):
            self.deliveries.cancel(row, "acceptance_withdrawn", NOW)


@pytest.fixture
def stream() -> Stream:
    return Stream()


def test_every_document_of_an_accepted_expense_becomes_pending(stream: Stream) -> None:
    ensured = stream.give(accepted_expense(documents=(document("one"), document("two"))))

    assert ensured == Ensured(made_pending=2, rung=1)
    assert stream.statuses() == dict.fromkeys(("one", "two"), DeliveryStatus.PENDING)
    assert stream.rung == [CompanyDoorbell("atelier")]
    row = next(iter(stream.deliveries.rows.values()))
    assert (row.key.account_id, row.accepted_at, row.next_try) == ("dbid:first", ACCEPTED_AT, NOW)


def test_each_delivery_and_the_first_of_a_companys_records_can_be_followed(stream: Stream) -> None:
    stream.give(accepted_expense("1"), accepted_expense("2"))

    rows = {row.key.expense_id: row.correlation_id for row in stream.deliveries.rows.values()}
    assert rows == {"1": "event-0", "2": "event-1"}
    assert [doorbell.correlation_id for doorbell in stream.doorbells.rung] == ["event-0"]


def test_a_repeated_record_makes_no_second_delivery_and_rings_again(stream: Stream) -> None:
    stream.give(accepted_expense())
    before = dict(stream.deliveries.rows)

    ensured = stream.give(accepted_expense())

    assert ensured.made_pending == 0
    assert stream.deliveries.rows == before
    assert stream.rung == [CompanyDoorbell("atelier")] * 2


def test_a_late_record_of_a_delivered_document_changes_nothing(stream: Stream) -> None:
    stream.give(accepted_expense())
    delivered = stream.deliveries.record_delivered(
        stream.deliveries.rows[KEY],
        place=place_at("/Jenji/2026/03/Alice/1.pdf"),
        content_hash="hash",
        sha256="00",
        at=NOW,
    )

    stream.give(accepted_expense(merchant="Edited"), accepted_expense(accepted_at=NOW))

    assert stream.deliveries.rows == {KEY: delivered}


def test_accepted_refused_and_accepted_again_is_pending_again(stream: Stream) -> None:
    stream.give(accepted_expense())
    stream.refuse_and_drain()
    assert stream.statuses() == {"document-1": DeliveryStatus.CANCELLED}

    ensured = stream.give(accepted_expense(accepted_at=NOW))

    assert ensured.made_pending == 1
    assert stream.statuses() == {"document-1": DeliveryStatus.PENDING}
    assert stream.deliveries.rows[KEY].accepted_at == NOW


def test_accepted_again_before_any_drain_stays_pending(stream: Stream) -> None:
    stream.give(accepted_expense(), accepted_expense(accepted_at=NOW))

    assert stream.statuses() == {"document-1": DeliveryStatus.PENDING}


def test_an_acceptance_that_arrives_after_its_refusal_is_for_the_drain_to_cancel(stream: Stream) -> None:
    stream.give(accepted_expense())
    stream.refuse_and_drain()

    stream.give(accepted_expense())
    stream.refuse_and_drain()

    assert stream.statuses() == {"document-1": DeliveryStatus.CANCELLED}


def test_a_document_added_after_acceptance_becomes_pending_too(stream: Stream) -> None:
    stream.give(accepted_expense(documents=(document("one"),)))
    stream.deliveries.record_failed(
        next(iter(stream.deliveries.rows.values())), DeliveryReason.UNREADABLE, None, NOW
    )

    ensured = stream.give(accepted_expense(documents=(document("one"), document("two"))))

    assert ensured.made_pending == 1
    assert stream.statuses() == {"one": DeliveryStatus.FAILED, "two": DeliveryStatus.PENDING}


@pytest.mark.parametrize("status", [*sorted(set(ExpenseStatus) - {ExpenseStatus.ACCEPTED}), None])
def test_only_an_accepted_image_counts_whatever_the_filter_lets_through(
    stream: Stream, status: ExpenseStatus | None
) -> None:
    ensured = stream.give(accepted_expense(status=status))

    assert ensured == Ensured()
    assert (stream.statuses(), stream.rung) == ({}, [])


@pytest.mark.parametrize("status", sorted(set(LinkStatus) - {LinkStatus.UNLINKED}))
def test_whatever_ails_the_link_documents_wait_for_it(stream: Stream, status: LinkStatus) -> None:
    stream.link(replace(LINK, status=status))

    stream.give(accepted_expense())

    assert stream.statuses() == {"document-1": DeliveryStatus.PENDING}
    assert stream.rung == [CompanyDoorbell("atelier")]


def test_a_company_without_a_link_is_left_alone(stream: Stream) -> None:
    stream.link(replace(LINK, status=LinkStatus.UNLINKED))

    ensured = stream.give(accepted_expense(), accepted_expense(company_id="unheard-of"))

    assert ensured == Ensured()
    assert (stream.statuses(), stream.rung) == ({}, [])


def test_a_users_import_link_does_not_stand_for_their_company(stream: Stream) -> None:
    stream.links.links.clear()
    stream.link(replace(LINK, link_id="user:atelier", purpose=Purpose.AUTO_IMPORT))

    assert stream.give(accepted_expense()) == Ensured()


def test_what_was_accepted_before_the_link_counts_is_left_alone(stream: Stream) -> None:
    stream.give(
        accepted_expense("before", accepted_at=LINK.sync_since - timedelta(microseconds=1)),
        accepted_expense("at once", accepted_at=LINK.sync_since),
    )

    assert {key.expense_id for key in stream.deliveries.rows} == {"at once"}


def test_a_link_without_a_start_counts_from_its_making(stream: Stream) -> None:
    stream.link(replace(LINK, sync_since=None))

    stream.give(
        accepted_expense("before", accepted_at=LINK.linked_at - timedelta(microseconds=1)),
        accepted_expense("after", accepted_at=LINK.linked_at),
    )

    assert {key.expense_id for key in stream.deliveries.rows} == {"after"}


def test_an_acceptance_without_its_time_happened_when_it_was_written(stream: Stream) -> None:
    stream.give(accepted_expense(accepted_at=None))

    assert stream.deliveries.rows[KEY].accepted_at == NOW


def test_a_company_is_rung_once_for_a_batch_and_each_company_is(stream: Stream) -> None:
    stream.link(replace(LINK, link_id="company:bakery", company_id="bakery", account_id="dbid:second"))

    ensured = stream.give(
        *(accepted_expense(f"expense-{number}") for number in range(10)),
        accepted_expense("theirs", company_id="bakery"),
    )

    assert (ensured.made_pending, ensured.rung) == (11, 2)
    assert sorted(doorbell.company_id for doorbell in stream.rung) == ["atelier", "bakery"]
    accounts = {(key.company_id, key.account_id) for key in stream.deliveries.rows}
    assert accounts == {("atelier", "dbid:first"), ("bakery", "dbid:second")}


def test_malformed_records_are_counted_and_hold_nobody_up(stream: Stream) -> None:
    ensured = stream.give(
        {}, image_of(accepted_expense()) | {"company_id": {"NULL": True}}, accepted_expense()
    )

    assert ensured == Ensured(made_pending=1, rung=1, malformed=["record-0", "record-1"])


def test_a_document_without_an_id_is_counted_and_the_others_are_delivered(stream: Stream) -> None:
    image = image_of(accepted_expense())
    image["documents"]["L"].insert(0, {"M": {"name": {"S": "nameless.pdf"}}})

    ensured = stream.give(image)

    assert (ensured.made_pending, ensured.unreadable_documents) == (1, {"expense-1": 1})


def test_an_expense_without_documents_makes_nothing_pending(stream: Stream) -> None:
    assert stream.give(accepted_expense(documents=())).made_pending == 0


def test_a_record_that_fails_is_named_and_the_others_go_on(stream: Stream) -> None:
    failing = Failing(stream.deliveries, ensure=times(1, AwsUnavailable("throttled")))
    expenses = [accepted_expense(f"expense-{number}") for number in range(3)]

    ensured = stream.give(*expenses, deliveries=failing)

    assert list(ensured.failures) == ["record-0"]
    assert (ensured.made_pending, ensured.rung) == (2, 1)
    assert stream.give(*expenses).made_pending == 1
    assert len(stream.deliveries.rows) == 3


def test_a_link_that_cannot_be_read_fails_only_the_records_of_its_company(stream: Stream) -> None:
    stream.link(replace(LINK, link_id="company:bakery", company_id="bakery", account_id="dbid:second"))

    def fail_for_bakery(link_id: str) -> None:
        if link_id == "company:bakery":
            raise ValueError("a row that cannot be read")

    ensured = stream.give(
        accepted_expense("theirs", company_id="bakery"),
        accepted_expense(),
        links=Failing(stream.links, get=fail_for_bakery),
    )

    assert (list(ensured.failures), ensured.made_pending) == (["record-0"], 1)


def test_a_company_that_could_not_be_rung_is_rung_when_its_records_come_again(stream: Stream) -> None:
    failing = Failing(stream.doorbells, ring=times(1, AwsUnavailable("queue down")))

    ensured = stream.give(accepted_expense(), accepted_expense("expense-2"), ring=failing.ring)

    assert (ensured.rung, list(ensured.failures)) == (0, ["record-0"])
    assert stream.give(accepted_expense(), accepted_expense("expense-2")).made_pending == 0
    assert stream.rung == [CompanyDoorbell("atelier")]


def test_the_link_of_a_company_is_read_once_for_a_batch(stream: Stream) -> None:
    links = Failing(stream.links)

    stream.give(*(accepted_expense(f"expense-{number}") for number in range(5)), links=links)

    assert links.calls == ["get"]


def test_times_are_compared_as_instants(stream: Stream) -> None:
    image = image_of(accepted_expense()) | {"accepted_at": {"S": "2026-11-22T10:30:00+01:00"}}
    stream.link(replace(LINK, sync_since=datetime(2026, 11, 22, 9, 45, tzinfo=UTC)))

    assert stream.give(image) == Ensured()


def test_an_acceptance_just_before_the_company_linked_anew_is_not_lost_with_the_old_link(
    stream: Stream,
) -> None:
    stream.link(
        replace(LINK, generation=2, account_id="dbid:second", sync_since=ACCEPTED_AT + timedelta(seconds=1))
    )

    ensured = stream.give(accepted_expense("just before"))

    assert ensured.made_pending == 1
    assert [key.account_id for key in stream.deliveries.rows] == ["dbid:second"]


def test_one_long_before_stays_with_the_old_link(stream: Stream) -> None:
    stream.link(replace(LINK, generation=2, sync_since=ACCEPTED_AT + timedelta(minutes=2)))

    assert stream.give(accepted_expense("long before")).made_pending == 0


def test_an_id_that_no_key_can_hold_spoils_its_own_expense_alone() -> None:
    stream = Stream()

    ensured = stream.give(replace(accepted_expense(), expense_id="x" * 2000), accepted_expense())

    assert (ensured.malformed, ensured.failures) == (["record-0"], {})
    assert ensured.made_pending == 1


def test_a_document_whose_id_no_key_can_hold_is_counted_as_unreadable() -> None:
    stream = Stream()
    long = replace(document("document-1"), document_id="x" * 2000)

    ensured = stream.give(replace(accepted_expense(), documents=(long, document("document-2"))))

    assert (ensured.unreadable_documents, ensured.made_pending) == ({"expense-1": 1}, 1)


def test_what_aws_takes_no_values_of_is_not_tried_again_for_ever() -> None:
    stream = Stream()
    deliveries = Failing(
        stream.deliveries, ensure=times(1, ValuesRefused("dynamodb", "UpdateItem", "ValidationException"))
    )

    ensured = stream.give(accepted_expense(), deliveries=deliveries)

    assert (ensured.malformed, ensured.failures) == (["record-0"], {})
