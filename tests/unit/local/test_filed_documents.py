"""What a run reports of the company's directory on disk: anything that is not as it must be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from local.acceptances import Acceptance, Reading
from local.delivery_feed import RecordedDelivery
from local.filed_documents import FiledDocuments
from local.host import ALICE, OTHER_ALICE, Person
from local.host_expense_rows import Details, HostDocument, HostExpense
from shared.domain.deliveries import DeliveryStatus
from shared.domain.expenses import ExpenseStatus

NAME = "2026-03-14 SNCF 84.00 EUR [7F3K2].pdf"
HERS = f"2026/03/Alice Martin/{NAME}"
HER_NAMESAKES = f"2026/03/Alice Martin (2)/{NAME}"
MANIFEST = "2026/03/Expenses 2026-03.csv"
WORKBOOK = "2026/03/Expenses 2026-03.xlsx"
HEADER = "Expense id,File path\r\n"


class Filed:
    """Two documents of two namesakes, filed as they must be; tests spoil something."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.paths = {"hers": HERS, "her-namesakes": HER_NAMESAKES}
        for key, path in self.paths.items():
            self.write(path, key.encode())
        self.write(MANIFEST, f"\ufeff{HEADER}a,/Jenji/{HERS}\r\n".encode())
        self.write(WORKBOOK, b"PK")

    def write(self, path: str, data: bytes) -> None:
        target = self.directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def remove(self, path: str) -> None:
        (self.directory / path).unlink()

    def refile(self, key: str, path: str) -> None:
        self.remove(self.paths[key])
        self.paths[key] = path
        self.write(path, key.encode())

    def problems(self) -> list[str]:
        acceptances = [_accepted(ALICE, "hers"), _accepted(OTHER_ALICE, "her-namesakes")]
        delivered = [
            RecordedDelivery(key, key, key, DeliveryStatus.DELIVERED, None, f"/Jenji/{path}", 1.0)
            for key, path in self.paths.items()
        ]
        return FiledDocuments(self.directory, acceptances, delivered, _bytes_of).problems()


def _bytes_of(document: HostDocument) -> bytes:
    return document.document_id.encode()


def _accepted(person: Person, key: str) -> Acceptance:
    expense = HostExpense(
        key, person.user_id, ExpenseStatus.ACCEPTED, (HostDocument(key, f"{key}.pdf", "", ""),)
    )
    return Acceptance(person, expense, Reading(Details("SNCF", "2026-03-14", "84"), "SNCF 84.00 EUR"))


@pytest.fixture
def filed(tmp_path: Path) -> Filed:
    return Filed(tmp_path)


def test_says_nothing_where_all_is_well(filed: Filed) -> None:
    assert filed.problems() == []


SPOILED: dict[str, Callable[[Filed], None]] = {
    "hers.pdf is not at": lambda filed: filed.remove(HERS),
    "has other bytes": lambda filed: filed.write(HERS, b"hers, altered"),
    "notes.txt is not meant to be there": lambda filed: filed.write("notes.txt", b""),
    "hers.pdf is misnamed": lambda filed: filed.refile("hers", HERS.replace("84.00", "84")),
    "her-namesakes.pdf is misnamed": lambda filed: filed.refile(
        "her-namesakes", HERS.replace("7F3K2", "8G4M3")
    ),
    "has no manifest (csv)": lambda filed: filed.remove(MANIFEST),
    "has no manifest (xlsx)": lambda filed: filed.remove(WORKBOOK),
    "lists nothing": lambda filed: filed.write(MANIFEST, HEADER.encode()),
    "lists 2026/03/elsewhere.pdf": lambda filed: filed.write(
        MANIFEST, f"{HEADER}a,/Jenji/2026/03/elsewhere.pdf\r\n".encode()
    ),
    "lists 2026/03/hidden.pdf": lambda filed: filed.write(
        MANIFEST, b"D\xc3\xa9pense;Chemin\r\na;/Jenji/2026/03/hidden.pdf\r\n"
    ),
}


@pytest.mark.parametrize("said", SPOILED)
def test_says_what_is_wrong(filed: Filed, said: str) -> None:
    SPOILED[said](filed)

    assert [problem for problem in filed.problems() if said in problem]
