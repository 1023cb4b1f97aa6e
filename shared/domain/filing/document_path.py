"""Where a supporting document goes in the company's Dropbox: a name to read, and legal everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime

from shared.domain.expenses import SupportingDocument
from shared.domain.file_names import MAX_PART_BYTES, clean, sanitise, shorten, utf16_length
from shared.domain.filing.amounts import amount_text, currency_code
from shared.domain.filing.choices import STANDARD, FilingChoice, FilingPart
from shared.domain.filing.folder_names import employee_folders
from shared.domain.host_expenses import HostExpense

# Windows allows 260 UTF-16 units, of which a person's own Dropbox folder takes some: `C:\Users\…`.
MAX_PATH_LENGTH = 200
# Kept for the file's name however long the folder's, so that all files of an employee share one.
MIN_NAME_LENGTH = 100
# Of the hash of the document's id, five bits a character. The last is as unique as a UUID.
ID_LENGTHS = (5, 8, 13, 26)
NO_MERCHANT = "Document"
EXPENSE_ID_LENGTH = 8
_YIELDING = (
    FilingPart.DATE,
    FilingPart.AMOUNT,
    FilingPart.EXPENSE,
    FilingPart.DOCUMENT_NUMBER,
    FilingPart.CATEGORY,
    FilingPart.EMPLOYEE,
    FilingPart.MERCHANT,
)
"""Which part gives way to which: the last first."""
_LONGEST = {FilingPart.DOCUMENT_NUMBER: 24, FilingPart.CATEGORY: 24, FilingPart.EMPLOYEE: 32}

# Upper case only, without I, L, O and U: https://www.crockford.com/base32.html
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_EXTENSIONS = {
    "application/json": "json",
    "application/pdf": "pdf",
    "application/xml": "xml",
    "image/avif": "avif",
    "image/bmp": "bmp",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/heif": "heif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/webp": "webp",
    "message/rfc822": "eml",
    "text/csv": "csv",
    "text/plain": "txt",
    "text/xml": "xml",
}
# What is shown when it is opened, not run: no programs, no web pages, no office files with macros.
_OTHER_EXTENSIONS = {"docx", "jpeg", "odp", "ods", "odt", "pptx", "tiff", "xlsx"}
_HARMLESS = _OTHER_EXTENSIONS.union(_EXTENSIONS.values())


def document_path(
    expense: HostExpense,
    document: SupportingDocument,
    *,
    root: str,
    employee_folder: str,
    accepted_at: datetime,
    candidate: int = 0,
    choice: FilingChoice = STANDARD,
    month: str | None = None,
) -> str:
    """`{root}/2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf`, or the candidate-th other path.

    The same arguments always give the same path, and every candidate another one, without end. Of two
    documents, the same candidate gives two paths, which no file system takes for one another, unless
    the hashes of their ids begin alike, in each order that a company can choose. `root` is "" or a legal
    path of at most 60 UTF-16 units; everything else may be any text. `month` (`YYYY-MM`) is that of the
    folder where it was filed before, though the expense may say another since.
    """
    day = filing_date(expense, accepted_at)
    folder_day = date.fromisoformat(f"{month}-01") if month else day
    room = MAX_PATH_LENGTH - MIN_NAME_LENGTH - 1
    folder = employee_folders(root, folder_day, employee_folder, choice, room)
    texts = _texts(expense, day, employee_folder, choice)
    ending = f"{_bracketed_id(document.document_id, candidate)}{_extension(document)}"
    return f"{folder}/{_name(texts, ending, MAX_PATH_LENGTH - utf16_length(f'{folder}/'))}"


def filing_date(expense: HostExpense, accepted_at: datetime) -> date:
    """The day a document is filed under: the expense's own, else that of its acceptance, in UTC."""
    return expense.date or accepted_at.astimezone(UTC).date()


def filing_month(expense: HostExpense, accepted_at: datetime) -> str:
    """The month (`YYYY-MM`) of that day: a folder and a manifest of its own."""
    day = filing_date(expense, accepted_at)
    return f"{day.year:04d}-{day.month:02d}"


def _texts(expense: HostExpense, day: date, employee: str, choice: FilingChoice) -> dict[FilingPart, str]:
    """What each part of the name says, in their order; what is missing, or says nothing, is left out."""
    said = {part: _TEXT_OF[part](expense, day, employee) for part in choice.name}
    if FilingPart.MERCHANT in said and not _says_something(said[FilingPart.MERCHANT]):
        said[FilingPart.MERCHANT] = NO_MERCHANT
    texts = {part: text for part, text in said.items() if _says_something(text)}
    return texts or {FilingPart.MERCHANT: NO_MERCHANT}


def _says_something(text: str) -> bool:
    return bool(text.strip(" .-"))


def _amount(expense: HostExpense) -> str:
    amount = amount_text(expense.amount, expense.currency)
    currency = currency_code(expense.currency) if amount else None
    return " ".join(text for text in (amount, currency) if text)


def _document_number(expense: HostExpense) -> str:
    read = expense.reading.what.beside.get(FilingPart.DOCUMENT_NUMBER) if expense.reading else None
    return read.value if read else ""


_TEXT_OF: dict[FilingPart, Callable[[HostExpense, date, str], str]] = {
    FilingPart.DATE: lambda _expense, day, _employee: day.isoformat(),
    FilingPart.MERCHANT: lambda expense, _day, _employee: clean(expense.merchant or ""),
    FilingPart.AMOUNT: lambda expense, _day, _employee: _amount(expense),
    FilingPart.EMPLOYEE: lambda _expense, _day, employee: clean(employee),
    FilingPart.CATEGORY: lambda expense, _day, _employee: clean(expense.category or ""),
    FilingPart.DOCUMENT_NUMBER: lambda expense, _day, _employee: clean(_document_number(expense)),
    FilingPart.EXPENSE: lambda expense, _day, _employee: shorten(
        clean(expense.expense_id), EXPENSE_ID_LENGTH
    ),
}


def _name(texts: dict[FilingPart, str], ending: str, room: int) -> str:
    """Texts that may be long give way where room is short, the merchant before all others."""
    units, octets = room - utf16_length(ending), MAX_PART_BYTES - len(ending)
    fitting = dict(texts)
    for part in (part for part in _YIELDING if part in texts):
        kept = 0 if part is FilingPart.MERCHANT else len(f" {NO_MERCHANT}")
        most = min(_LONGEST.get(part, room), units - kept - 1)
        fitting[part] = shorten(texts[part], most, octets - kept - 1).strip()
        if part is FilingPart.MERCHANT and not _says_something(fitting[part]):
            fitting[part] = NO_MERCHANT
        units -= utf16_length(f"{fitting[part]} ")
        octets -= len(f"{fitting[part]} ".encode())
    name = " ".join([*(text for text in fitting.values() if text), ending])
    begins_with_date = next(iter(texts)) is FilingPart.DATE
    return name if begins_with_date else sanitise(name, fallback=ending, max_length=room)


def _bracketed_id(document_id: str, candidate: int) -> str:
    """`[7F3K2]`, longer with each candidate; once it is as long as can be, `[…] (2)` and so on."""
    digest = hashlib.sha256(document_id.encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest, "big")
    length = ID_LENGTHS[min(candidate, len(ID_LENGTHS) - 1)]
    shifts = range(256 - 5, 256 - 5 * (length + 1), -5)
    short_id = "".join(_ALPHABET[(number >> shift) & 31] for shift in shifts)
    copy = candidate - len(ID_LENGTHS) + 2
    return f"[{short_id}] ({copy})" if copy > 1 else f"[{short_id}]"


def _extension(document: SupportingDocument) -> str:
    """`.pdf` by what the document is, else by a harmless ending of its own name, else nothing."""
    media_type = document.content_type.partition(";")[0].strip().lower()
    if media_type in _EXTENSIONS:
        return f".{_EXTENSIONS[media_type]}"
    _, dot, suffix = document.name.strip().lower().rpartition(".")
    return f".{suffix}" if dot and suffix in _HARMLESS else ""
