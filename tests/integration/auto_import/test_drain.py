"""What becomes of dropped files: the ordinary cases."""

from __future__ import annotations

from tests.integration.auto_import.conftest import Importing
from tests.integration.auto_import.documents import jpeg, pdf


def test_a_dropped_receipt_becomes_an_expense_and_moves_to_imported(importing: Importing) -> None:
    receipt = jpeg("Lunch 12.50")
    importing.drop("lunch.jpg", receipt)

    answer = importing.ring()

    [expense] = importing.expenses()
    [document] = expense.documents
    assert answer.reason == "drained"
    assert (expense.status, expense.user_id, expense.company_id) == ("WAITING", "alice", "atelier")
    assert (document.name, document.content_type) == ("lunch.jpg", "image/jpeg")
    assert importing.stored(document.s3_key) == receipt
    assert importing.tree() == {f"Imported/{importing.clock():%Y-%m}/lunch.jpg": receipt}
    assert [row.expense_id for row in importing.records()] == [expense.expense_id]


def test_an_empty_doorbell_costs_one_call(importing: Importing) -> None:
    importing.drop("lunch.jpg", jpeg("Lunch"))
    importing.ring()
    importing.calls()

    importing.clock.advance(seconds=10)
    importing.ring()

    assert importing.calls() == {"files/list_folder": 1}


def test_a_doorbell_older_than_the_last_clean_listing_costs_no_call(importing: Importing) -> None:
    importing.ring()
    importing.calls()
    importing.clock.advance(seconds=-6)

    answer = importing.ring()

    assert answer.reason == "already looked"
    assert importing.calls() == {}


def test_the_folder_of_a_document_labels_its_expense_and_is_kept(importing: Importing) -> None:
    ticket = pdf("Ticket")
    importing.drop("Berlin trip/Train/ticket.pdf", ticket)

    importing.ring()

    assert importing.labels() == ["Berlin trip / Train"]
    month = f"{importing.clock():%Y-%m}"
    assert importing.tree() == {f"Imported/{month}/Berlin trip/Train/ticket.pdf": ticket}


def test_the_same_bytes_make_one_expense(importing: Importing) -> None:
    receipt = jpeg("Taxi")
    importing.drop("taxi.jpg", receipt)
    importing.drop("taxi copy.jpg", receipt)

    importing.ring()

    [expense] = importing.expenses()
    assert sorted(importing.outcomes().values()) == ["duplicate", "imported"]
    assert {row.expense_id for row in importing.records()} == {expense.expense_id}
    assert sorted(path.split("/")[0] for path in importing.tree()) == ["Duplicates", "Imported"]


def test_a_document_dropped_again_next_week_is_a_duplicate(importing: Importing) -> None:
    importing.drop("taxi.jpg", jpeg("Taxi"))
    importing.ring()
    importing.clock.advance(days=7)

    importing.drop("taxi again.jpg", jpeg("Taxi"))
    importing.ring()

    assert importing.outcomes() == {"taxi.jpg": "imported", "taxi again.jpg": "duplicate"}
    assert len(importing.expenses()) == 1


def test_the_document_of_a_deleted_expense_can_be_imported_again(importing: Importing) -> None:
    importing.drop("taxi.jpg", jpeg("Taxi"))
    importing.ring()
    [first] = importing.expenses()
    importing.delete_expense(first.expense_id)

    importing.drop("taxi again.jpg", jpeg("Taxi"))
    importing.ring()

    assert importing.outcomes() == {"taxi.jpg": "imported", "taxi again.jpg": "imported"}
    assert sorted(expense.status for expense in importing.expenses()) == ["DELETED", "WAITING"]


def test_a_file_moved_back_is_tried_again(importing: Importing) -> None:
    importing.drop("page.pdf", b"<html><body>not a PDF</body></html>")
    importing.ring()
    [path] = importing.tree()

    importing.account.move(f"/Apps/Jenji/{path}", "/Apps/Jenji/Auto-Import/page.pdf")
    importing.ring()

    assert [row.visit for row in importing.records()] == [1, 2]
    assert importing.outcomes() == {"page.pdf": "rejected:unsupported_type"}
    assert list(importing.tree()) == ["Rejected/Unsupported type/page.pdf"]


def test_an_imported_file_moved_back_is_a_duplicate_of_its_own_expense(importing: Importing) -> None:
    importing.drop("taxi.jpg", jpeg("Taxi"))
    importing.ring()
    [path] = importing.tree()

    importing.account.move(f"/Apps/Jenji/{path}", "/Apps/Jenji/Auto-Import/taxi.jpg")
    importing.ring()

    assert [str(row.outcome) for row in importing.records()] == ["imported", "duplicate"]
    assert list(importing.tree()) == ["Duplicates/taxi.jpg"]


def test_the_reason_folder_speaks_the_users_language(importing: Importing) -> None:
    from tests.integration.auto_import.conftest import add_user

    add_user("alice", "users", locale="fr-FR")
    importing.drop("page.pdf", b"<html></html>")

    importing.ring()

    [path] = importing.tree()
    assert path == "Rejected/Type non pris en charge/page.pdf"


def test_a_file_still_being_written_is_imported_once_whole(importing: Importing) -> None:
    whole = pdf("ReadingJob")
    importing.drop("job.pdf", b"")
    importing.ring()
    importing.clock.advance(seconds=30)
    importing.drop("job.pdf", whole[: len(whole) // 2])
    importing.ring()

    importing.clock.advance(seconds=30)
    importing.drop("job.pdf", whole)
    importing.ring()

    assert importing.outcomes() == {"job.pdf": "imported"}
    assert list(importing.tree().values()) == [whole]
    assert importing.composition.services.records.outstanding("alice", importing.account.id).files == []


def test_an_empty_file_is_rejected_after_the_grace_time(importing: Importing) -> None:
    importing.drop("empty.pdf", b"")
    importing.ring()
    assert importing.outcomes() == {}
    due = importing.link_row().next_due

    importing.clock.advance(seconds=121)
    importing.ring()

    assert importing.outcomes() == {"empty.pdf": "rejected:empty"}
    assert due is not None
    assert due <= importing.clock()


def test_the_folder_is_made_again_when_it_is_gone(importing: Importing) -> None:
    importing.account.delete("/Apps/Jenji/Auto-Import")

    answer = importing.ring()

    assert answer.reason == "drained"
    assert "/Apps/Jenji/Auto-Import" in importing.account.folders()


def test_a_batch_counts_what_was_dropped_together(importing: Importing) -> None:
    for number in range(5):
        importing.drop(f"{number}.jpg", jpeg(f"Receipt {number}"))
    importing.ring()
    importing.clock.advance(minutes=2)
    importing.drop("late.jpg", jpeg("Late"))
    importing.ring()
    first = importing.link_row().batch
    importing.clock.advance(minutes=11)
    importing.drop("another day.jpg", jpeg("Another day"))
    importing.ring()
    second = importing.link_row().batch

    assert first is not None
    assert second is not None
    assert (first.seen, second.seen) == (6, 1)
    assert first.batch_id < second.batch_id
    records = importing.composition.services.records
    assert [records.count("alice", batch.batch_id) for batch in (first, second)] == [6, 1]


def test_files_too_large_and_not_downloadable_are_rejected_without_a_download(importing: Importing) -> None:
    importing.limit(max_document_bytes=1000)
    importing.drop("film.jpg", b"x" * 1001)
    importing.account.write_cloud_document("/Apps/Jenji/Auto-Import/notes.paper")

    importing.ring()

    assert importing.outcomes() == {
        "film.jpg": "rejected:too_large",
        "notes.paper": "rejected:not_downloadable",
    }
    assert "files/download" not in importing.calls()


def test_a_taken_name_gets_a_number_and_nothing_is_overwritten(importing: Importing) -> None:
    importing.drop("receipt.jpg", jpeg("one"))
    importing.ring()

    importing.drop("receipt.jpg", jpeg("two"))
    importing.ring()

    assert set(importing.tree().values()) == {jpeg("one"), jpeg("two")}
    assert len(importing.expenses()) == 2


def test_two_hundred_files_cost_few_calls_besides_their_downloads(importing: Importing) -> None:
    for number in range(200):
        importing.drop(f"photo {number}.jpg", jpeg(f"Receipt {number}"))

    importing.ring()

    calls = importing.calls()
    assert calls.pop("files/download") == 200
    assert sum(calls.values()) <= 6
    assert len(importing.expenses()) == 200
    assert all(path.startswith("Imported/") for path in importing.tree())
