"""The document beside what was read off it: for whom the expense is alone, for minutes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest

from shared.aws.documents.preview_store import PreviewStore
from shared.aws.host.reading_maps import to_reading_map
from shared.domain.expenses import ExpenseStatus, SupportingDocument, document_id_for, sheet_id_for
from shared.domain.previews import Preview, PreviewPage, preview_key
from shared.domain.reading_jobs import ReadingJobStatus
from shared.domain.readings import ExpenseReading, Mark, ReadValue, VatOfRate
from tests.expense_items import document
from tests.integration.page_api.conftest import BOB, NOW, PageApi

BOX = (1, 0.7125, 0.62, 0.78, 0.64)
READING = ExpenseReading(
    state=ReadingJobStatus.DONE,
    read_at=NOW,
    values={"merchant": "SNCF", "amount": "84.00"},
    marks={"merchant": Mark(False, "ocr"), "amount": Mark(True, "text", BOX)},
    beside={
        "document_number": ReadValue("2026-0413", Mark(True, "e-invoice")),
        "date": ReadValue("2026-03-14", Mark(False, "text", (0, 0.1, 0.1, 0.2, 0.2))),
    },
    document_number="2026-0413",
    category="train",
    vat=[VatOfRate("7.64", "10", "76.36", BOX)],
    contradictions=["date-differs-from-page", "of-a-later-release"],
    preview=Preview(12, (PreviewPage(0, 704, 995), PreviewPage(1, 704, 995))),
)


def read_expense(
    api: PageApi,
    reading: dict[str, Any] | None = None,
    *,
    user_id: str = "alice",
    status: ExpenseStatus = ExpenseStatus.WAITING,
    documents: tuple[SupportingDocument, ...] = (document(),),
    **fields: Any,
) -> None:
    """Somebody's expense, read."""
    api.put_expense("expense-1", user_id=user_id, status=status, documents=documents)
    given = {"reading": to_reading_map(READING) if reading is None else reading, **fields}
    boto3.resource("dynamodb").Table("expenses").update_item(
        Key={"expense_id": "expense-1"},
        UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in given),
        ExpressionAttributeNames={f"#{name}": name for name in given},
        ExpressionAttributeValues={f":{name}": _decimals(value) for name, value in given.items()},
    )


def _decimals(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _decimals(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_decimals(each) for each in value]
    return Decimal(str(value)) if isinstance(value, float) else value


def show(api: PageApi, **claims: Any) -> Any:
    return api.get("/imports/preview", expense_id="expense-1", **claims)


def by_name(shown: Any) -> dict[str, Any]:
    return {each["name"]: each for each in shown["values"]}


def test_a_user_sees_their_document_with_what_stands_where(api: PageApi) -> None:
    read_expense(api, amount="84.00", merchant="SNCF")

    shown = show(api)

    assert (shown["state"], shown["page_count"]) == ("DONE", 12)
    assert [(page["page"], page["width"], page["height"]) for page in shown["pages"]] == [
        (1, 704, 995),
        (2, 704, 995),
    ]
    amount = by_name(shown)["amount"]
    assert amount["place"] == {"page": 2, "left": 0.7125, "top": 0.62, "right": 0.78, "bottom": 0.64}
    assert (amount["value"], amount["is_confirmed"], amount["source"]) == ("84.00", True, "text")
    assert by_name(shown)["merchant"]["is_confirmed"] is False
    assert "place" not in by_name(shown)["document_number"]
    assert shown["vat"] == [
        {"rate": "10", "amount": "7.64", "base": "76.36", "place": amount["place"]},
    ]
    assert shown["category"] == {"code": "train", "message": "Train"}


def test_contradictions_are_said_in_the_readers_language_and_those_of_a_later_release_are_not(
    api: PageApi,
) -> None:
    read_expense(api)

    shown = api.get("/imports/preview", expense_id="expense-1", lang="fr")

    assert shown["contradictions"] == [
        {
            "code": "date-differs-from-page",
            "message": "La date des données jointes n’est pas celle de la page.",  # noqa: RUF001
        }
    ]


def test_what_its_user_has_changed_is_shown_beside_what_was_read(api: PageApi) -> None:
    read_expense(api, amount="90.00", date="2026-03-15", edited_fields=["amount", "date"])

    values = by_name(show(api))

    assert (values["amount"]["value"], values["amount"]["changed_to"]) == ("84.00", "90.00")
    assert (values["date"]["value"], values["date"]["changed_to"]) == ("2026-03-14", "2026-03-15")
    assert values["amount"]["is_checked"] is True
    assert "changed_to" not in values["document_number"]


def test_a_url_shows_the_picture_to_those_who_have_it_for_five_minutes(api: PageApi) -> None:
    read_expense(api)
    PreviewStore("documents").put(preview_key("alice", "expense-1", 0), b"\xff\xd8\xff picture")

    shown = show(api)

    url = urlsplit(shown["pages"][0]["url"])
    asked = parse_qs(url.query)
    assert url.path.endswith("/previews/alice/expense-1/0.jpg")
    assert asked["X-Amz-Expires"] == ["300"]
    assert asked["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert shown["expires_at"] > api.clock().isoformat()


@pytest.mark.parametrize("claims", [BOB, BOB | {"role": "employee"}])
def test_nobody_else_is_told_that_there_is_such_an_expense(api: PageApi, claims: dict[str, str]) -> None:
    read_expense(api)

    refused = api.error("GET /imports/preview", claims, expense_id="expense-1")

    assert refused == api.error("GET /imports/preview", claims, expense_id="no such")
    assert refused == (404, "not_found")


def test_a_deleted_expense_is_not_shown(api: PageApi) -> None:
    read_expense(api, status=ExpenseStatus.DELETED)

    assert api.error("GET /imports/preview", expense_id="expense-1") == (404, "not_found")


def test_keys_are_the_callers_own_whatever_stands_on_the_expense(api: PageApi) -> None:
    reading = to_reading_map(READING) | {
        "preview": {"page_count": 3, "pages": [["../../bob/x", 1, 1], [1, 704, 995]]}
    }
    read_expense(api, reading)

    pages = show(api)["pages"]

    assert [urlsplit(page["url"]).path.rpartition("/previews/")[2] for page in pages] == [
        "alice/expense-1/1.jpg"
    ]


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        ({"state": "WAITING"}, "being_read"),
        ({"state": "WAITING", "by_hand_until": "2026-12-01"}, "not_made"),
        ({"state": "UNREADABLE"}, "not_made"),
        ({"state": "DONE", "preview": "nonsense"}, "not_made"),
    ],
)
def test_where_there_is_no_picture_it_is_said_why(api: PageApi, reading: dict[str, Any], code: str) -> None:
    read_expense(api, reading)

    shown = show(api)

    assert shown["pages"] == []
    assert shown["why_none"]["code"] == code
    assert shown["why_none"]["message"].endswith(".")
    assert "expires_at" not in shown


@pytest.mark.parametrize(("sheets", "code"), [(1, "being_read"), (0, "data_only")])
def test_an_e_invoice_of_data_alone_is_to_be_seen_where_a_sheet_was_made_of_it(
    api: PageApi, sheets: int, code: str
) -> None:
    invoice = replace(document(), document_id=document_id_for("expense-1"), content_type="application/xml")
    sheet = replace(document(), document_id=sheet_id_for("expense-1"))
    read_expense(api, {"state": "WAITING"}, documents=(invoice, *[sheet] * sheets))

    shown = show(api)

    assert shown["why_none"]["code"] == code
