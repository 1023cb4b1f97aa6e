"""What the API says in each situation, as its contract has it."""

# The apostrophe of typography is meant:
# ruff: noqa: RUF001

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from functions.page_api.filing.examples import examples, list_folder
from shared.domain.filing.choices import NAME_PARTS, ORDERS, STANDARD, FilingChoice, FilingPart

Json = dict[str, Any]

NOT_LINKED: Json = {
    "purpose": "auto_import",
    "status": "NOT_LINKED",
    "may_link": True,
    "last_checked_at": None,
    "is_paused": False,
    "poll_after_seconds": 30,
}
COMPANY_NOT_LINKED: Json = {**NOT_LINKED, "purpose": "synchronisation"}
PLAN_REQUIRED: Json = {
    **COMPANY_NOT_LINKED,
    "may_link": False,
    "refusal": {
        "code": "plan_required",
        "message": "Linking the company’s Dropbox needs the Team or Enterprise plan.",
    },
}


def counts(**changes: int) -> Json:
    return {"waiting": 0, "stuck": 0, "rejected": 0, "retryable": 0, "to_check": 0, **changes}


def linked(**changes: Any) -> Json:
    return {
        "purpose": "auto_import",
        "status": "ACTIVE",
        "may_link": True,
        "account": {"name": "Alice Martin", "email": "alice@example.com"},
        "folder": "Apps/Jenji/Auto-Import",
        "linked_at": "2026-10-02T08:15:00Z",
        "last_checked_at": "2026-11-24T12:58:00Z",
        "is_paused": False,
        "poll_after_seconds": 30,
        "counts": counts(),
        **changes,
    }


def company(**changes: Any) -> Json:
    return linked(
        **{
            "purpose": "synchronisation",
            "account": {"name": "Atelier Nord", "email": "finance@atelier.example"},
            "folder": "Jenji",
            "folder_url": "https://www.dropbox.com/home/Jenji",
            "since": "2026-01-01T00:00:00Z",
            "counts": {"pending": 3, "failed": 2, "delivered_this_month": 1000, "stuck": 1},
            "counts_are_capped": True,
            "oldest_pending_since": "2026-11-24T12:40:00Z",
            **changes,
        }
    )


def batch(imported: int, duplicate: int, rejected: int, seen: int = 200, **changes: Any) -> Json:
    under_way = seen - imported - duplicate - rejected
    return {
        "batch_id": "b-3",
        "began_at": "2026-11-24T12:59:00Z",
        "seen": seen,
        "imported": imported,
        "duplicate": duplicate,
        "rejected": rejected,
        "under_way": under_way,
        "seconds": 12.3,
        "is_settled": under_way == 0,
        "being_read": 0,
        **changes,
    }


OLDER_BATCHES = [
    batch(1, 0, 0, 1, batch_id="b-2", began_at="2026-11-20T09:12:00Z", seconds=1.4),
    batch(38, 2, 1, 41, batch_id="b-1", began_at="2026-11-02T17:45:00Z", seconds=4.0),
]

IMPORTED: Json = {
    "id": "f-1",
    "batch_id": "b-3",
    "name": "Berlin trip/Taxi Flughafen.jpg",
    "size": 123456,
    "outcome": "imported",
    "expense_id": "e-1",
    "expense": {
        "status": "WAITING",
        "merchant": "Taxi Berlin",
        "date": "2026-11-05",
        "amount": "46.00",
        "currency": "EUR",
    },
    "filed_as": "Imported/2026-11/Berlin trip/Taxi Flughafen.jpg",
    "settled_at": "2026-11-24T12:59:03Z",
    "seconds": 1.2,
    "can_retry": False,
    "can_keep": False,
    "can_split": False,
}
DUPLICATE: Json = {
    **IMPORTED,
    "id": "f-2",
    "name": "Taxi copy.jpg",
    "outcome": "duplicate",
    "filed_as": "Duplicates/2026-11/Taxi copy.jpg",
    "can_keep": True,
    "same_as": {
        **IMPORTED["expense"],
        "expense_id": "e-1",
        "name": "Taxi Flughafen.jpg",
        "created_at": "2026-11-01T12:59:03Z",
    },
}
REJECTED: Json = {
    "id": "f-3",
    "batch_id": "b-3",
    "name": "Invoice 2231.pdf",
    "size": 5120,
    "outcome": "rejected",
    "reason": {
        "code": "password_protected",
        "message": "A password is needed to open this file. Save a copy without the password and drop the copy.",
    },
    "filed_as": "Rejected/Password-protected/Invoice 2231.pdf",
    "settled_at": "2026-11-24T12:59:02Z",
    "seconds": 0.9,
    "can_retry": False,
    "can_keep": False,
    "can_split": False,
}
RESTRICTED: Json = {
    **REJECTED,
    "id": "f-5",
    "name": "Contract.pdf",
    "reason": {"code": "restricted", "message": "For a week Dropbox has not handed out this file."},
    "filed_as": "Rejected/Restricted by Dropbox/Contract.pdf",
    "can_retry": True,
}
TO_BE_CHECKED: Json = {
    **IMPORTED,
    "id": "f-4",
    "name": "IMG_4127.HEIC",
    "expense_id": "e-4",
    "expense": {
        "status": "WAITING",
        "merchant": "Café Lumière",
        "date": "2026-11-04",
        "amount": "18.50",
        "currency": "EUR",
        "reading": {
            "state": "DONE",
            "unconfirmed": ["merchant", "date"],
            "possible_duplicate_of": "e-9",
            "has_several_documents": False,
        },
    },
    "filed_as": "Imported/2026-11/IMG_4127.HEIC",
    "same_as": {
        "expense_id": "e-9",
        "name": "card slip.jpg",
        "created_at": "2026-11-05T09:00:00Z",
        "merchant": "Cafe Lumiere",
        "date": "2026-11-04",
        "amount": "18.50",
        "currency": "EUR",
    },
}
CONFIRMED: Json = {"state": "DONE", "unconfirmed": [], "has_several_documents": False}
SEVERAL: Json = {
    **IMPORTED,
    "id": "f-6",
    "name": "Three receipts.pdf",
    "expense_id": "e-6",
    "expense": {
        **IMPORTED["expense"],
        "reading": {"state": "DONE", "unconfirmed": ["merchant"], "has_several_documents": True},
    },
    "filed_as": "Imported/2026-11/Three receipts.pdf",
    "can_split": True,
    "documents": [
        {"pages": [1], "expense": {**IMPORTED["expense"]}},
        {"pages": [2, 3], "expense": {"merchant": "Hotel Lutetia", "amount": "145.00", "currency": "EUR"}},
    ],
}
SPLIT: Json = {
    **SEVERAL,
    "can_split": False,
    "expense": {**IMPORTED["expense"]},
    "documents": [
        {
            **document,
            "expense_id": f"e-{number}",
            "expense": {"status": "WAITING", "reading": CONFIRMED, **document["expense"]},
        }
        for number, document in enumerate(SEVERAL["documents"], start=6)
    ],
}
WITH_ACTIVE_CONTENT: Json = {
    **IMPORTED,
    "id": "f-8",
    "name": "Form.pdf",
    "active_content": {
        "kinds": ["javascript", "of_a_later_release"],
        "message": "This document contains active content: open it with care.",
    },
}
RECEIPT: Json = {
    "batch": batch(1, 0, 1, seen=2),
    "waiting": 0,
    "made_at": "2026-11-24T13:00:00Z",
    "lines": [
        {
            "name": name,
            "outcome": outcome,
            "at": "2026-11-24T12:59:03Z",
            "size": 123456,
            "content_hash": "5d41402abc4b2a76b9719d911017c592ae2f0c5b1d8e3f60718293a4b5c6d7e8",
            "filed_as": f"{folder}/{name}",
            "expenses": expenses,
            **more,
        }
        for name, outcome, folder, expenses, more in (
            (
                "Three receipts.pdf",
                "imported",
                "Imported/2026-11",
                [{"expense_id": f"e-{page}", "pages": [page], "reading": "to_check"} for page in (1, 2, 3)],
                {},
            ),
            (
                "Invoice 2231.pdf",
                "rejected",
                "Rejected/Password-protected",
                [],
                {"reason": REJECTED["reason"]},
            ),
        )
    ],
}
FILES = [IMPORTED, TO_BE_CHECKED, DUPLICATE, REJECTED, RESTRICTED]

WAITING: Json = {
    "name": "Scan 0001.pdf",
    "since": "2026-11-23T08:00:00Z",
    "next_try": "2026-11-24T14:10:00Z",
    "tries": 7,
    "reason": {"code": "try_again", "message": "Dropbox could not hand out this file yet."},
    "is_stuck": True,
}

_DELIVERY: Json = {
    "expense_id": "e-1",
    "document_id": "d-1",
    "accepted_at": "2026-11-24T12:30:00Z",
    "changed_at": "2026-11-24T12:31:00Z",
    "tries": 0,
    "is_stuck": False,
    "expense": {
        "status": "ACCEPTED",
        "merchant": "SNCF",
        "date": "2026-11-14",
        "amount": "84.00",
        "currency": "EUR",
        "employee": "Jane Doe",
    },
}
DELIVERED: Json = {
    **_DELIVERY,
    "id": "y-1",
    "state": "delivered",
    "path": "/Jenji/2026/11/Jane Doe/2026-11-14 SNCF 84.00 EUR [7F3K2].pdf",
    "url": "https://www.dropbox.com/home/Jenji/2026/11/Jane%20Doe?preview=2026-11-14%20SNCF.pdf",
    "delivered_at": "2026-11-24T12:31:00Z",
}
PENDING: Json = {
    **_DELIVERY,
    "id": "y-2",
    "state": "pending",
    "tries": 3,
    "next_try": "2026-11-24T13:30:00Z",
    "is_stuck": True,
    "reason": {"code": "try_again", "message": "Dropbox is not answering. It is tried again."},
}
FAILED: Json = {
    **_DELIVERY,
    "id": "y-3",
    "state": "failed",
    "path": "/Jenji/2026/11/Jane Doe/2026-11-15 Hotel 120.00 EUR [9Q2LM].pdf",
    "reason": {"code": "document_missing", "message": "The document is missing in Jenji. Ask our support."},
}
CANCELLED: Json = {
    **_DELIVERY,
    "id": "y-4",
    "state": "cancelled",
    "reason": {"code": "acceptance_withdrawn", "message": "The expense is no longer accepted."},
}
DELIVERIES = [DELIVERED, PENDING, FAILED, CANCELLED]

BACKFILL: Json = {
    "since": "2026-01-01T00:00:00Z",
    "requested_at": "2026-11-24T12:58:00Z",
    "state": "searching",
    "expenses": 340,
    "documents": 362,
}


def problem(code: str, message: str, action: str | None) -> Json:
    return {"code": code, "message": message, "action": action, "since": "2026-11-24T10:00:00Z"}


REVOKED = linked(
    status="RECONNECT",
    problem=problem("token_revoked", "Dropbox no longer lets Jenji in. Link the account again.", "relink"),
)
FULL = linked(
    status="FULL",
    problem=problem(
        "quota_full", "The Dropbox is full. Free some space; Jenji goes on by itself.", "free_space"
    ),
)
PLAN_LOST = company(
    status="SUSPENDED",
    may_link=False,
    refusal=PLAN_REQUIRED["refusal"],
    problem=problem("plan", "Your plan no longer has the company’s Dropbox. Upgrade to go on.", "upgrade"),
)
PAUSED = linked(
    is_paused=True,
    problem=problem("paused", "Jenji has paused its work with Dropbox for a while. Nothing is lost.", "wait"),
)
UNLINKED = linked(status="UNLINKED")
SUSPENDED_USER = linked(
    status="SUSPENDED",
    problem=problem("user_inactive", "Your Jenji account is not active. Ask your administrator.", "contact"),
)


READ: Json = {
    **IMPORTED,
    "expense": {
        **IMPORTED["expense"],
        "reading": {
            "state": "DONE",
            "unconfirmed": ["merchant"],
            "has_several_documents": False,
        },
    },
}


def preview(url: str, **changes: Any) -> Json:
    """The taxi's receipt, of two pages; both pictures are at `url`."""
    return {
        "expense_id": "e-1",
        "name": "Taxi Flughafen.jpg",
        "state": "DONE",
        "expense": IMPORTED["expense"],
        "pages": [{"page": page, "width": 400, "height": 600, "url": f"{url}?{page}"} for page in (1, 5)],
        "page_count": 12,
        "expires_at": "2026-11-24T13:05:00Z",
        "values": [
            {
                "name": "merchant",
                "value": "Taxi Berlin",
                "is_confirmed": False,
                "is_checked": False,
                "source": "ocr",
                "place": {"page": 1, "left": 0.1, "top": 0.05, "right": 0.5, "bottom": 0.1},
            },
            {
                "name": "amount",
                "value": "46.00",
                "is_confirmed": True,
                "is_checked": True,
                "changed_to": "47.00",
                "source": "ocr",
                "place": {"page": 5, "left": 0.6, "top": 0.8, "right": 0.9, "bottom": 0.85},
            },
            {
                "name": "document_number",
                "value": "T-14",
                "is_confirmed": True,
                "is_checked": False,
                "source": "e-invoice",
            },
        ],
        "vat": [
            {
                "rate": "7",
                "amount": "3.01",
                "base": "42.99",
                "place": {"page": 5, "left": 0.6, "top": 0.7, "right": 0.9, "bottom": 0.75},
            }
        ],
        "category": {"code": "taxi", "message": "Taxi"},
        "contradictions": [
            {
                "code": "date-differs-from-page",
                "message": "The date in the attached data is not the one on the page.",
            }
        ],
        "is_credit_note": False,
        **changes,
    }


OWNER: Json = {
    "email": "finance@atelier.example",
    "name": "Atelier Nord",
    "access": "owner",
    "is_invited": False,
    "can_change": False,
}


def shared_with(email: str = "anna@accountants.example", access: str = "viewer") -> Json:
    return {"email": email, "access": access, "is_invited": True, "can_change": True}


def shared_folder(*people: Json, **changes: Any) -> Json:
    return {
        "folder": "all",
        "path": "/Jenji",
        "url": "https://www.dropbox.com/home/Jenji",
        "is_shared": bool(people),
        "people": [OWNER, *people] if people else [],
        "looked_at": "2026-11-24T12:59:00Z",
        "is_looking": False,
        **changes,
    }


def sharing(*folders: Json, **changes: Any) -> Json:
    return {
        "may_share": True,
        "years": ["2026", "2025"],
        "folders": list(folders) or [shared_folder()],
        "poll_after_seconds": 30,
        **changes,
    }


def filing_preview(choice: FilingChoice = STANDARD, **changes: Any) -> Json:
    """What a choice leads to, by the code that files."""
    made = examples(choice, datetime(2026, 11, 24, 13, tzinfo=UTC))
    return {
        "examples": [{"kind": example.kind.value, "path": example.path} for example in made],
        "list_folder": list_folder(choice),
        "has_year_folders": choice.has_year_folders,
        **changes,
    }


def filing(choice: FilingChoice = STANDARD, *, version: int = 1) -> Json:
    return {
        "folders": list(choice.folders),
        "name": list(choice.name),
        "months": choice.months.value,
        "version": version,
        "orders": [list(order) for order in ORDERS],
        "name_parts": [part.value for part in FilingPart if part in NAME_PARTS],
        "preview": filing_preview(choice),
    }


def resend(**changes: Any) -> Json:
    """A request to send again of which nothing is done yet."""
    counts = ("looked_for", "present", "sent", "changed", "pending", "withdrawn", "unclear")
    return {
        "requested_at": "2026-11-24T13:00:00Z",
        "state": "waiting",
        **dict.fromkeys(counts, 0),
        **changes,
    }


COMPANY_LINKS: Json = {
    "links": [
        {"name": "Alice Martin", "linked_at": "2026-10-02T08:15:00Z", "status": "ACTIVE"},
        {
            "name": "Jane Doe",
            "linked_at": "2026-09-01T08:15:00Z",
            "status": "RECONNECT",
            "problem": "token_revoked",
            "since": "2026-11-20T09:00:00Z",
        },
    ],
    "linked": 1234,
    "broken": 1,
}
MONTHS: list[Json] = [
    {
        "month": f"{2026 - (number > 10)}-{(10 - number) % 12 + 1:02d}",
        "imported": 1200 - 100 * number,
        "duplicate": 8,
        "rejected": number,
        "delivered": 1100 - 90 * number,
        "is_complete": number != 1,
    }
    for number in range(12)
]
