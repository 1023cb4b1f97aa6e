"""Rejected files that their user wants tried again, against an emulated Dropbox and emulated tables."""

from __future__ import annotations

from shared.domain.imports import Retry
from tests.integration.auto_import.conftest import APP_FOLDER, Importing
from tests.integration.auto_import.documents import pdf
from tests.integration.real_stores import import_history


def ask_for_all(importing: Importing) -> int:
    history = import_history()
    rejected = history.rejected(importing.user_id, importing.account.id, 100)
    return history.request_retries(rejected, importing.clock())


def test_rejected_files_come_back_and_are_recorded_anew(importing: Importing) -> None:
    importing.drop("trip/page.pdf", b"<html></html>")
    importing.drop("mended.pdf", b"<html>mended</html>")
    importing.drop("gone.pdf", b"<html>gone</html>")
    importing.ring()
    folder = f"{APP_FOLDER}/Rejected/Unsupported type"
    importing.account.write(f"{folder}/mended.pdf", pdf("Lunch"))
    importing.account.delete(f"{folder}/gone.pdf")
    assert ask_for_all(importing) == 3
    importing.clock.advance(minutes=20)

    importing.ring()

    first = {row.name: row.retry for row in importing.records() if row.retry}
    assert first == {"trip/page.pdf": Retry.DONE, "mended.pdf": Retry.DONE, "gone.pdf": Retry.GONE}
    anew = {row.name: str(row.outcome) for row in importing.records() if not row.retry}
    assert anew == {"trip/page.pdf": "rejected", "mended.pdf": "imported"}
    month = f"{importing.clock():%Y-%m}"
    assert sorted(importing.tree()) == [
        f"Imported/{month}/mended.pdf",
        "Rejected/Unsupported type/trip/page.pdf",
    ]
    assert importing.composition.services.records.outstanding("alice", importing.account.id).retries == []


def test_a_drain_without_requests_makes_no_call_for_them(importing: Importing) -> None:
    importing.ring()
    importing.calls()

    importing.ring()

    assert importing.calls() == {"files/list_folder": 1}


def test_a_rejected_file_that_its_user_deletes_is_dealt_with_by_itself(importing: Importing) -> None:
    for name in ("deleted.pdf", "kept.pdf", "moved.pdf"):
        importing.drop(name, f"<html>{name}</html>".encode())
    importing.ring()
    folder = f"{APP_FOLDER}/Rejected/Unsupported type"
    importing.account.delete(f"{folder}/deleted.pdf")
    importing.account.move(f"{folder}/moved.pdf", f"{APP_FOLDER}/Notes/moved.pdf")

    importing.ring()

    retries = {row.name: row.retry for row in importing.records()}
    assert retries == {"deleted.pdf": Retry.GONE, "kept.pdf": None, "moved.pdf": None}
    still_open = import_history().rejected(importing.user_id, importing.account.id, 100)
    assert sorted(record.name for record in still_open) == ["kept.pdf", "moved.pdf"]


def test_so_is_everything_of_a_folder_of_rejected_files_that_is_deleted(importing: Importing) -> None:
    for name in ("trip/a.pdf", "b.pdf"):
        importing.drop(name, f"<html>{name}</html>".encode())
    importing.ring()
    importing.account.delete(f"{APP_FOLDER}/Rejected")

    importing.ring()

    assert {row.name: row.retry for row in importing.records()} == {
        "trip/a.pdf": Retry.GONE,
        "b.pdf": Retry.GONE,
    }
    assert import_history().rejected(importing.user_id, importing.account.id, 100) == []
