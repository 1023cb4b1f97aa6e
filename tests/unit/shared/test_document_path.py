"""A document's path tells what it is, is legal everywhere, and is no other document's."""

from __future__ import annotations

import itertools
import posixpath
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.domain.expenses import ExpenseStatus, SupportingDocument
from shared.domain.file_names import utf16_length
from shared.domain.filing.document_path import document_path, filing_date
from shared.domain.host_expenses import HostExpense
from tests.unit.shared.odd_texts import FAMILY, odd_texts, why_illegal

ACCEPTED_AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DOCUMENT = SupportingDocument("document-1", "documents/jane/hash", "00", "IMG_1.jpeg", "application/pdf", 5)
EXPENSE = HostExpense(
    expense_id="expense-1",
    company_id="atelier",
    user_id="jane",
    employee_name="Jane Doe",
    status=ExpenseStatus.ACCEPTED,
    accepted_at=ACCEPTED_AT,
    date=date(2026, 3, 14),
    merchant="SNCF",
    amount=Decimal(84),
    currency="EUR",
    category="train",
    documents=(DOCUMENT,),
)
FULL = re.compile(
    r"/(?P<year>\d{4})/(?P<month>\d{2})/(?P<employee>[^/]+)"
    r"/(?P<date>(?P=year)-(?P=month)-\d{2}) (?P<merchant>[^/]+?)( (?P<amount>-?\d+(\.\d+)?)( [A-Z]{3})?)?"
    r" \[[0-9A-HJKMNP-TV-Z]{5,26}\]( \(\d+\))?(\.[a-z]{3,4})?"
)


def path_of(
    expense: HostExpense = EXPENSE,
    document: SupportingDocument = DOCUMENT,
    *,
    root: str = "/Jenji",
    folder: str = "Jane Doe",
    candidate: int = 0,
) -> str:
    return document_path(
        expense, document, root=root, employee_folder=folder, accepted_at=ACCEPTED_AT, candidate=candidate
    )


def name_of(expense: HostExpense = EXPENSE, document: SupportingDocument = DOCUMENT) -> str:
    return re.sub(r"\[\w{5}\]", "[id]", posixpath.basename(path_of(expense, document)))


amounts = st.one_of(
    st.none(), st.decimals(), st.decimals(-(10**6), 10**6, places=2), st.just(Decimal("1E+999999"))
)
expenses = st.builds(
    replace,
    st.just(EXPENSE),
    date=st.none() | st.dates(),
    merchant=st.none() | odd_texts,
    amount=amounts,
    currency=st.none() | st.sampled_from(["EUR", "JPY", "KWD", "eur"]) | odd_texts,
)
documents = st.builds(
    replace,
    st.just(DOCUMENT),
    document_id=odd_texts | st.uuids().map(str),
    name=odd_texts,
    content_type=st.sampled_from(["application/pdf", "image/jpeg", ""]) | odd_texts,
)
roots = st.sampled_from(["", "/Jenji", "/Jenji/", "/Société/" + "x" * 50])


@settings(max_examples=600, deadline=None, derandomize=True)
@given(expenses, documents, roots, odd_texts, st.integers(0, 12))
@example(replace(EXPENSE, merchant="x" * 300), DOCUMENT, "/Société/" + "x" * 50, "y" * 300, 100)
@example(replace(EXPENSE, merchant=FAMILY * 50), DOCUMENT, "", FAMILY * 50, 3)
@example(
    replace(EXPENSE, merchant="漢" * 300, amount=Decimal("-99999999999999.99")), DOCUMENT, "", "漢" * 300, 3
)
def test_every_path_is_legal_below_the_root_and_always_the_same(
    expense: HostExpense, document: SupportingDocument, root: str, folder: str, candidate: int
) -> None:
    path = path_of(expense, document, root=root, folder=folder, candidate=candidate)

    below = path.removeprefix(root.rstrip("/"))
    assert FULL.fullmatch(below), path
    assert posixpath.normpath(path) == path
    assert [why_illegal(part) for part in below[1:].split("/")] == [None] * 4
    assert utf16_length(path) <= 200
    assert path == path_of(expense, document, root=root, folder=folder, candidate=candidate)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(expenses, documents, documents, st.integers(0, 8))
def test_no_two_documents_share_a_path(
    expense: HostExpense, one: SupportingDocument, other: SupportingDocument, candidate: int
) -> None:
    first, second = (path_of(expense, document, candidate=candidate) for document in (one, other))

    assert (first.casefold() == second.casefold()) <= (one.document_id == other.document_id)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(expenses, documents)
def test_every_candidate_is_another_path_for_the_same_folder(
    expense: HostExpense, document: SupportingDocument
) -> None:
    paths = [path_of(expense, document, candidate=candidate) for candidate in range(12)]

    assert len({path.casefold() for path in paths}) == 12
    assert len({posixpath.dirname(path) for path in paths}) == 1


def test_however_long_a_name_all_files_of_an_employee_lie_in_one_folder() -> None:
    merchants, amounts = ["SNCF", "x" * 300, None], [None, Decimal(84), Decimal("-12345678901234.56")]
    expenses = [
        replace(EXPENSE, merchant=merchant, amount=amount)
        for merchant, amount in itertools.product(merchants, amounts)
    ]

    folders = {posixpath.dirname(path_of(expense, folder="y" * 300)) for expense in expenses}

    assert len(folders) == 1


def test_a_path_says_when_who_where_and_how_much() -> None:
    assert re.fullmatch(r"/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84\.00 EUR \[[0-9A-Z]{5}\]\.pdf", path_of())


def test_the_candidates_ids_grow_and_are_then_numbered() -> None:
    ids = [re.sub(r".* \[(\w+)\]", r"\1", path_of(candidate=number))[:-4] for number in range(6)]

    assert [len(short_id) for short_id in ids] == [5, 8, 13, 26, 30, 30]
    assert all(longer.startswith(shorter) for shorter, longer in itertools.pairwise(ids[:4]))
    assert ids[4:] == [f"{ids[3]} (2)", f"{ids[3]} (3)"]


def test_an_id_is_pinned_since_another_one_would_deliver_everything_again() -> None:
    assert path_of(candidate=3).endswith("[1P3KDN8GAA59TM8V6NCG26JXNA].pdf")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "2026-03-14 SNCF 84.00 EUR [id].pdf"),
        ({"date": None}, "2026-11-22 SNCF 84.00 EUR [id].pdf"),
        ({"date": date(1, 2, 3)}, "0001-02-03 SNCF 84.00 EUR [id].pdf"),
        ({"merchant": None}, "2026-03-14 Document 84.00 EUR [id].pdf"),
        ({"merchant": "\u200b . "}, "2026-03-14 Document 84.00 EUR [id].pdf"),
        ({"merchant": "../.."}, "2026-03-14 Document 84.00 EUR [id].pdf"),
        ({"merchant": "Acme S.A."}, "2026-03-14 Acme S.A. 84.00 EUR [id].pdf"),
        ({"merchant": "AC/DC: live"}, "2026-03-14 AC-DC - live 84.00 EUR [id].pdf"),
        ({"merchant": "CON"}, "2026-03-14 CON 84.00 EUR [id].pdf"),
        ({"merchant": "Café\u0301 🧾"}, "2026-03-14 Café\u0301 🧾 84.00 EUR [id].pdf"),
        ({"amount": None}, "2026-03-14 SNCF [id].pdf"),
        ({"currency": None}, "2026-03-14 SNCF 84.00 [id].pdf"),
        ({"currency": " eur "}, "2026-03-14 SNCF 84.00 EUR [id].pdf"),
        ({"currency": "../x"}, "2026-03-14 SNCF 84.00 [id].pdf"),
        ({"currency": "JPY", "amount": Decimal(1200)}, "2026-03-14 SNCF 1200 JPY [id].pdf"),
        ({"currency": "KWD", "amount": Decimal("0.5")}, "2026-03-14 SNCF 0.500 KWD [id].pdf"),
        ({"amount": Decimal("-12.3")}, "2026-03-14 SNCF -12.30 EUR [id].pdf"),
        ({"amount": Decimal("1.005")}, "2026-03-14 SNCF 1.01 EUR [id].pdf"),
        ({"amount": Decimal("-0.001")}, "2026-03-14 SNCF 0.00 EUR [id].pdf"),
        ({"amount": Decimal("1E+3")}, "2026-03-14 SNCF 1000.00 EUR [id].pdf"),
        ({"amount": Decimal("1234567.8")}, "2026-03-14 SNCF 1234567.80 EUR [id].pdf"),
        ({"amount": Decimal("NaN")}, "2026-03-14 SNCF [id].pdf"),
        ({"amount": Decimal("-Infinity")}, "2026-03-14 SNCF [id].pdf"),
        ({"amount": Decimal("sNaN")}, "2026-03-14 SNCF [id].pdf"),
        ({"amount": Decimal("9" * 40)}, "2026-03-14 SNCF [id].pdf"),
        ({"amount": Decimal("1E-999999")}, "2026-03-14 SNCF 0.00 EUR [id].pdf"),
        ({"amount": Decimal("0E+999999")}, "2026-03-14 SNCF 0.00 EUR [id].pdf"),
    ],
)
def test_what_is_missing_or_absurd_is_left_out(changes: dict[str, object], name: str) -> None:
    assert name_of(replace(EXPENSE, **changes)) == name  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content_type", "name", "extension"),
    [
        ("application/pdf", "x.exe", ".pdf"),
        ("IMAGE/JPEG; charset=binary", "x", ".jpg"),
        ("image/heic", "x.jpg", ".heic"),
        ("message/rfc822", "invoice.pdf", ".eml"),
        ("application/octet-stream", "ReadingJob.TIFF ", ".tiff"),
        ("", "invoice.xlsx", ".xlsx"),
        ("", "invoice.xlsm", ""),
        ("", "invoice.pdf.exe", ""),
        ("text/html", "invoice.html", ""),
        ("image/svg+xml", "logo.svg", ""),
        ("", "pdf", ""),
        ("", "x.p/../df", ""),
        ("", "", ""),
    ],
)
def test_the_extension_says_what_it_is_and_is_never_a_programs(
    content_type: str, name: str, extension: str
) -> None:
    document = replace(DOCUMENT, content_type=content_type, name=name)

    assert name_of(document=document) == f"2026-03-14 SNCF 84.00 EUR [id]{extension}"


def test_the_merchant_gives_way_before_anything_else() -> None:
    expense = replace(EXPENSE, merchant="Long name " * 40)

    path = path_of(expense, folder="Jane Doe " * 7)

    assert utf16_length(path) in range(190, 201)
    assert "/" + "Jane Doe " * 6 + "Jane Doe/" in path
    assert re.search(r" 84\.00 EUR \[\w{5}\]\.pdf$", path)


def test_without_a_date_the_day_of_acceptance_counts_in_utc() -> None:
    accepted_at = datetime(2026, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=2)))

    assert filing_date(replace(EXPENSE, date=None), accepted_at) == date(2025, 12, 31)
    assert filing_date(EXPENSE, accepted_at) == date(2026, 3, 14)
