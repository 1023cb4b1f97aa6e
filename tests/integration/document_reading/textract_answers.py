"""Textract's answers as its service model has them: a client that gives them refuses any others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import boto3
from botocore.stub import Stubber

# Of a receipt: where each line stands, from the left edge and from the top, as shares of the page.
LUNCH = (
    (0.30, 0.05, "Café Lumière"),
    (0.20, 0.10, "12 rue de Rivoli, 75004 Paris"),
    (0.10, 0.20, "05/11/2026 12:47"),
    (0.10, 0.30, "Plat du jour"),
    (0.75, 0.30, "41.50"),
    (0.10, 0.35, "Eau gazeuse"),
    (0.77, 0.35, "4.50"),
    (0.10, 0.45, "TOTAL"),
    (0.70, 0.45, "46.00 EUR"),
    (0.10, 0.50, "dont TVA 10.00 %"),
    (0.77, 0.50, "4.18"),
    (0.10, 0.55, "Carte bancaire"),
    (0.75, 0.55, "46.00"),
)
CHARACTER, HEIGHT = 0.02, 0.02


def stubbed() -> tuple[Any, Stubber]:
    client = boto3.client("textract", region_name="eu-west-1")
    return client, Stubber(client)


def geometry(left: float, top: float, width: float) -> dict[str, Any]:
    right, bottom = left + width, top + HEIGHT
    return {
        "BoundingBox": {"Left": left, "Top": top, "Width": width, "Height": HEIGHT},
        "Polygon": [
            {"X": left, "Y": top},
            {"X": right, "Y": top},
            {"X": right, "Y": bottom},
            {"X": left, "Y": bottom},
        ],
    }


def blocks(lines: Iterable[tuple[float, float, str]] = LUNCH, page: int = 1) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"BlockType": "PAGE", "Id": f"page-{page}", "Page": page}]
    for left, top, line in lines:
        width = CHARACTER * len(line)
        found.append({"BlockType": "LINE", "Text": line, "Id": f"{page}-{left}-{top}", "Page": page})
        x = left
        for word in line.split():
            found.append(
                {
                    "BlockType": "WORD",
                    "Text": word,
                    "Confidence": 98.5,
                    "Geometry": geometry(x, top, CHARACTER * len(word)),
                    "Id": f"{page}-{x}-{top}-{word}",
                    "Page": page,
                }
            )
            x += CHARACTER * (len(word) + 1)
        assert x <= left + width + 2 * CHARACTER
    return found


def field(kind: str, text: str, confidence: float = 95.0, currency: str = "") -> dict[str, Any]:
    return {
        "Type": {"Text": kind, "Confidence": 99.0},
        "ValueDetection": {"Text": text, "Confidence": confidence, "Geometry": geometry(0.1, 0.1, 0.2)},
        "PageNumber": 1,
        **({"Currency": {"Code": currency, "Confidence": 90.0}} if currency else {}),
    }


FIELDS = (
    field("VENDOR_NAME", "Café\nLumière"),
    field("INVOICE_RECEIPT_DATE", "05/11/2026"),
    field("TOTAL", "46.00 EUR", currency="EUR"),
    field("TAX", "4.18"),
    field("OTHER", "Carte bancaire", 40.0),
)


def expense_documents(
    fields: Iterable[dict[str, Any]] = FIELDS, lines: Iterable[tuple[float, float, str]] = LUNCH
) -> list[dict[str, Any]]:
    return [
        {
            "ExpenseIndex": 1,
            "SummaryFields": list(fields),
            "LineItemGroups": [],
            "Blocks": blocks(lines),
        }
    ]


def answer(documents: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "DocumentMetadata": {"Pages": 1},
        "ExpenseDocuments": expense_documents() if documents is None else documents,
    }
