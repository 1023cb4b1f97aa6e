"""Each employee's folder in the company's Dropbox: chosen once, theirs alone, and theirs for good."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from itertools import count

from pynamodb.exceptions import DoesNotExist

from shared.aws.dynamodb import bind
from shared.aws.errors import aws_errors_translated
from shared.aws.stores.delivery_tables import EmployeeFolderRow
from shared.aws.stores.transactions import TransactionRefused, transaction
from shared.domain.file_names import folded, sanitise

# Leaves room for a document's name below it in paths that Windows can open.
MAX_FOLDER_LENGTH = 64
FALLBACK = "Employee"
# Besides folders only manifests and proofs lie where these do, and a folder must not be in their way.
_MANIFEST_ENDING = re.compile(r"\.(csv|xlsx)$", re.IGNORECASE)


def folder_names(employee_name: str) -> Iterator[str]:
    """The names that an employee's folder may have, best first: `Alice Martin`, `Alice Martin (2)`, ….

    Each is legal in Dropbox, Windows and macOS; without end.
    """
    name = sanitise(_MANIFEST_ENDING.sub(r" \1", sanitise(employee_name, fallback=FALLBACK)))
    for number in count(1):
        suffix = f" ({number})" if number > 1 else ""
        room = MAX_FOLDER_LENGTH - len(suffix)
        yield f"{sanitise(name, fallback=FALLBACK, max_length=room)}{suffix}"


class EmployeeFolders:
    """The employee folders table. What it has answered once it answers without asking again."""

    def __init__(self, table_name: str) -> None:
        bind(EmployeeFolderRow, table_name)
        self._known: dict[tuple[str, str], str] = {}
        # Transactions that meet cancel each other, and a new employee's documents come together.
        self._choosing = threading.Lock()

    def folder_for(self, company_id: str, employee_id: str, employee_name: str) -> str:
        """The name of the employee's folder, chosen now if it was not before; a later name changes nothing.

        No two employees of a company share one, in any case and Unicode form. Raises
        AwsUnavailable.
        """
        key = (company_id, employee_id)
        if key not in self._known:
            with self._choosing, aws_errors_translated():
                self._known[key] = _pinned(*key) or self._choose(*key, employee_name)
        return self._known[key]

    def find_folder(self, company_id: str, name: str) -> str | None:
        """The folder of that name as it is spelt, in any case and Unicode form; None where nobody has it.

        Raises AwsUnavailable.
        """
        with aws_errors_translated():
            try:
                row = EmployeeFolderRow.get(company_id, f"name#{folded(name)}", consistent_read=True)
            except DoesNotExist:
                return None
            return _pinned(company_id, row.employee_id)

    def _choose(self, company_id: str, employee_id: str, employee_name: str) -> str:
        """Take the first name that is nobody's, unless another drain chooses for the same employee first."""
        names = folder_names(employee_name)
        while True:
            folder = next(names)
            try:
                self._pin(company_id, employee_id, folder)
            except TransactionRefused:
                if pinned := _pinned(company_id, employee_id):
                    return pinned
            else:
                return folder

    def _pin(self, company_id: str, employee_id: str, folder: str) -> None:
        is_new = EmployeeFolderRow.company_id.does_not_exist()
        reservation = EmployeeFolderRow(company_id, f"name#{folded(folder)}", employee_id=employee_id)
        pinned = EmployeeFolderRow(company_id, _employee_key(employee_id), folder=folder)
        with transaction() as writes:
            writes.save("employee", pinned, is_new)
            writes.save("name", reservation, is_new)


def _pinned(company_id: str, employee_id: str) -> str | None:
    try:
        row = EmployeeFolderRow.get(company_id, _employee_key(employee_id), consistent_read=True)
    except DoesNotExist:
        return None
    return row.folder


def _employee_key(employee_id: str) -> str:
    return f"employee#{employee_id}"
