"""An example of each request and answer of the JSON API, by operation; tests hold them to its schemas."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_ACCOUNT: Json = {"name": "Alice Martin", "email": "alice@example.com"}
_BATCH: Json = {
    "batch_id": "20261122T090258123456-a1b2c3",
    "began_at": "2026-11-22T09:02:58.123456Z",
    "seen": 200,
    "imported": 188,
    "duplicate": 8,
    "rejected": 4,
    "under_way": 0,
    "seconds": 12.3,
    "is_settled": True,
    "being_read": 0,
}
_LINK: Json = {
    "purpose": "auto_import",
    "status": "ACTIVE",
    "may_link": True,
    "account": _ACCOUNT,
    "folder": "Apps/Jenji/Auto-Import",
    "linked_at": "2026-10-02T08:15:00.000000Z",
    "last_checked_at": "2026-11-22T09:03:12.481516Z",
    "is_paused": False,
    "poll_after_seconds": 30,
    "batch": _BATCH,
    "counts": {"waiting": 0, "stuck": 0, "rejected": 4, "retryable": 3, "to_check": 1},
}
_EXPENSE: Json = {"merchant": "SNCF", "date": "2026-03-14", "amount": "84.00", "currency": "EUR"}
_SYNCHRONISATION: Json = {
    "purpose": "synchronisation",
    "status": "ACTIVE",
    "may_link": True,
    "account": {"name": "Atelier Nord", "email": "finance@example.com"},
    "folder": "Jenji",
    "linked_at": "2026-10-02T08:15:00.000000Z",
    "last_checked_at": "2026-11-22T09:03:12.481516Z",
    "is_paused": False,
    "poll_after_seconds": 30,
    "since": "2026-01-01T00:00:00.000000Z",
    "counts": {"pending": 3, "failed": 0, "delivered_this_month": 362, "stuck": 0},
    "space": "team_space",
}
_BACKFILL: Json = {
    "since": "2026-01-01T00:00:00.000000Z",
    "requested_at": "2026-11-22T09:00:00.000000Z",
    "state": "searching",
    "expenses": 340,
    "documents": 362,
}
_RESEND: Json = {
    "month": "2026-03",
    "requested_at": "2026-11-22T09:00:00.000000Z",
    "completed_at": "2026-11-22T09:00:41.481516Z",
    "state": "done",
    "looked_for": 362,
    "present": 358,
    "sent": 3,
    "changed": 1,
    "pending": 0,
    "withdrawn": 1,
    "unclear": 0,
}
_SHARING: Json = {
    "may_share": True,
    "years": ["2026", "2025"],
    "folders": [
        {
            "folder": "all",
            "path": "/Jenji",
            "is_shared": True,
            "people": [
                {
                    "email": "finance@example.com",
                    "name": "Atelier Nord",
                    "access": "owner",
                    "is_invited": False,
                    "can_change": False,
                },
                {
                    "email": "office@accountants.example",
                    "access": "viewer",
                    "is_invited": True,
                    "can_change": True,
                },
            ],
            "looked_at": "2026-11-22T09:03:12.481516Z",
            "is_looking": False,
            "last": {
                "change": "share",
                "email": "office@accountants.example",
                "access": "viewer",
                "at": "2026-11-22T09:03:11.902114Z",
            },
        }
    ],
    "poll_after_seconds": 30,
}

_PROOF: Json = {
    "proved": {
        "run_id": "0f6c2b1f4a0d4f0f8a8f6b9a2f3d4c5e",
        "is_monthly": True,
        "as_of": "2026-11-22T09:03:12.000000Z",
        "ended_at": "2026-11-22T09:03:20.402000Z",
        "documents": 340,
        "present": 338,
        "missing": 1,
        "changed": 0,
        "moved": 1,
        "doubled": 0,
        "in_other_account": 0,
        "in_other_space": 0,
        "is_folder_missing": False,
        "path": "/Jenji/2026/11/Proof 2026-11.csv",
    },
    "can_put_back": True,
    "next_at": "2026-12-14T03:12:00.000000Z",
    "poll_after_seconds": 30,
}
_FILING_PREVIEW = {
    "examples": [
        {"kind": "usual", "path": "/Jenji/Jane Doe/2026/03 March/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf"}
    ],
    "list_folder": "/Jenji",
    "has_year_folders": False,
}
_FILING = {
    "folders": ["employee", "year", "month"],
    "name": ["date", "merchant", "amount"],
    "months": "en",
    "version": 4,
    "orders": [["year", "month", "employee"], ["employee", "year", "month"]],
    "name_parts": ["employee", "date", "merchant", "amount", "category", "document_number", "expense"],
    "preview": _FILING_PREVIEW,
}

ANSWERS: dict[str, Json] = {
    "showLinks": {"links": [_LINK, _SYNCHRONISATION]},
    "startLink": {"authorize_url": "https://www.dropbox.com/oauth2/authorize?client_id=key&state=opaque"},
    "confirmLink": {"purpose": "auto_import", "status": "ACTIVE", "account": _ACCOUNT},
    "unlink": {
        "purpose": "auto_import",
        "status": "UNLINKED",
        "may_link": True,
        "last_checked_at": None,
        "is_paused": False,
        "poll_after_seconds": 30,
    },
    "takeOver": _SYNCHRONISATION,
    "chooseSpace": _SYNCHRONISATION,
    "listBatches": {"batches": [_BATCH], "cursor": "WyJvcGFxdWUiXQ"},
    "listFiles": {
        "files": [
            {
                "id": "WyJvcGFxdWUiLCIxIl0",
                "batch_id": _BATCH["batch_id"],
                "name": "Berlin trip/Taxi Flughafen.jpg",
                "size": 123456,
                "outcome": "imported",
                "expense_id": "expense-1",
                "expense": {**_EXPENSE, "status": "WAITING"},
                "filed_as": "Imported/2026-11/Berlin trip/Taxi Flughafen.jpg",
                "settled_at": "2026-11-22T09:03:01.201000Z",
                "seconds": 1.2,
                "can_retry": False,
                "can_keep": False,
                "can_split": False,
            },
            {
                "id": "WyJvcGFxdWUiLCIyIl0",
                "batch_id": _BATCH["batch_id"],
                "name": "Invoice 4711.pdf",
                "size": 98765,
                "outcome": "imported",
                "expense_id": "expense-2",
                "filed_as": "Imported/2026-11/Invoice 4711.pdf",
                "settled_at": "2026-11-22T09:03:01.402000Z",
                "seconds": 1.4,
                "can_retry": False,
                "can_keep": False,
                "can_split": False,
                "active_content": {
                    "kinds": ["javascript"],
                    "message": "This document contains active content: open it with care.",
                },
            },
        ]
    },
    "listWaitingFiles": {
        "files": [
            {
                "name": "Scan 0001.pdf",
                "since": "2026-11-22T08:00:00.000000Z",
                "next_try": "2026-11-22T09:10:00.000000Z",
                "tries": 7,
                "reason": {"code": "try_again", "message": "Dropbox could not hand out this file yet."},
                "is_stuck": False,
            }
        ]
    },
    "showPreview": {
        "expense_id": "expense-1",
        "name": "Taxi Flughafen.jpg",
        "state": "DONE",
        "expense": {**_EXPENSE, "status": "WAITING"},
        "pages": [
            {
                "page": 1,
                "width": 704,
                "height": 995,
                "url": "https://documents.s3.eu-west-1.amazonaws.com/previews/alice/expense-1/0.jpg?X-Amz-…",
            }
        ],
        "page_count": 12,
        "expires_at": "2026-11-22T09:08:10.000000Z",
        "values": [
            {
                "name": "amount",
                "value": "84.00",
                "is_confirmed": True,
                "is_checked": False,
                "source": "text",
                "place": {"page": 1, "left": 0.71, "top": 0.62, "right": 0.78, "bottom": 0.64},
            },
            {
                "name": "document_number",
                "value": "2026-0413",
                "is_confirmed": False,
                "is_checked": False,
                "source": "text",
            },
        ],
        "vat": [{"rate": "10", "amount": "7.64", "base": "76.36"}],
        "category": {"code": "train", "message": "Train"},
        "contradictions": [],
        "is_credit_note": False,
    },
    "showReceipt": {
        "batch": {
            **_BATCH,
            "seen": 2,
            "imported": 1,
            "duplicate": 0,
            "rejected": 0,
            "under_way": 1,
            "is_settled": False,
        },
        "waiting": 1,
        "made_at": "2026-11-22T09:03:20.000000Z",
        "lines": [
            {
                "name": "Scan 0001.pdf",
                "outcome": "waiting",
                "reason": {"code": "try_again", "message": "Dropbox could not hand out this file yet."},
                "at": "2026-11-22T09:02:58.123456Z",
                "content_hash": "5d41402abc4b2a76b9719d911017c592ae2f0c5b1d8e3f60718293a4b5c6d7e8",
                "expenses": [],
            },
            {
                "name": "Three receipts.pdf",
                "outcome": "imported",
                "at": "2026-11-22T09:03:01.201000Z",
                "size": 123456,
                "content_hash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "filed_as": "Imported/2026-11/Three receipts.pdf",
                "expenses": [
                    {
                        "expense_id": "expense-1",
                        "pages": [1],
                        "reading": "read",
                        "expense": {**_EXPENSE, "status": "WAITING"},
                    },
                    {"expense_id": "expense-2", "pages": [2, 3], "reading": "to_check"},
                ],
            },
        ],
    },
    "retryFiles": {"requested": 1},
    "dismissFiles": {"dismissed": 1},
    "keepDuplicate": {"requested": 1},
    "splitFile": {"expense_ids": ["expense-1", "expense-2", "expense-3"]},
    "listDeliveries": {
        "deliveries": [
            {
                "id": "WyJvcGFxdWUiLCIyIl0",
                "expense_id": "expense-1",
                "document_id": "document-1",
                "state": "delivered",
                "path": "/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf",
                "accepted_at": "2026-11-22T09:03:10.000000Z",
                "changed_at": "2026-11-22T09:03:11.902114Z",
                "delivered_at": "2026-11-22T09:03:11.902114Z",
                "size": 123456,
                "content_hash": "5d41402abc4b2a76b9719d911017c592ae2f0c5b1d8e3f60718293a4b5c6d7e8",
                "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "tries": 0,
                "is_stuck": False,
                "expense": {**_EXPENSE, "status": "ACCEPTED", "employee": "Jane Doe"},
            }
        ]
    },
    "retryDeliveries": {"requested": 1},
    "listResends": {"resends": [_RESEND], "poll_after_seconds": 30},
    "sendAgain": _RESEND,
    "countBackfill": {
        "since": "2026-01-01T00:00:00.000000Z",
        "expenses": 340,
        "documents": 362,
        "is_complete": True,
    },
    "startBackfill": _BACKFILL,
    "showProof": _PROOF,
    "proveFolder": _PROOF,
    "listFindings": {
        "findings": [
            {
                "finding": "moved",
                "path": "/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf",
                "found_at": "/Jenji/2026/To check/2026-03-14 SNCF 84.00 EUR [7F3K2].pdf",
                "expense_id": "expense-1",
                "document_id": "document-1",
            }
        ]
    },
    "listCompanyLinks": {
        "links": [
            {"name": "Alice Martin", "linked_at": "2026-10-02T08:15:00.000000Z", "status": "ACTIVE"},
            {
                "name": "Jane Doe",
                "linked_at": "2026-09-01T08:15:00.000000Z",
                "status": "RECONNECT",
                "problem": "token_revoked",
                "since": "2026-11-20T09:00:00.000000Z",
            },
        ],
        "linked": 2,
        "broken": 1,
    },
    "listMonths": {
        "months": [
            {
                "month": "2026-11",
                "imported": 188,
                "duplicate": 8,
                "rejected": 4,
                "delivered": 362,
                "is_complete": True,
            }
        ],
        "cursor": "WyJvcGFxdWUiLCIzIl0",
    },
    "showSharing": _SHARING,
    "lookAtSharing": _SHARING,
    "changeSharing": _SHARING,
    "showFiling": _FILING,
    "previewFiling": _FILING_PREVIEW,
    "chooseFiling": _FILING,
}
REQUESTS: dict[str, Json] = {
    "chooseFiling": {
        "folders": ["employee", "year", "month"],
        "name": ["date", "merchant", "amount"],
        "months": "en",
        "version": 3,
    },
    "startLink": {"purpose": "auto_import"},
    "confirmLink": {"handle": "opaque"},
    "chooseSpace": {"space": "team_space"},
    "retryFiles": {"file": "WyJvcGFxdWUiLCIxIl0"},
    "dismissFiles": {"file": "WyJvcGFxdWUiLCIxIl0"},
    "keepDuplicate": {"file": "WyJvcGFxdWUiLCIxIl0"},
    "splitFile": {"file": "WyJvcGFxdWUiLCIxIl0"},
    "retryDeliveries": {"delivery": "WyJvcGFxdWUiLCIyIl0"},
    "sendAgain": {"month": "2026-03"},
    "startBackfill": {"since": "2026-01-01"},
    "proveFolder": {"request": "prove"},
    "changeSharing": {"change": "share", "folder": "all", "email": "office@accountants.example"},
}
