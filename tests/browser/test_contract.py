"""What the tests have the API say is what it says: every state fits its published document."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.browser import states
from tests.browser.conftest import ROOT

DOCUMENT = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
LINKS = {
    "not linked": states.NOT_LINKED,
    "company not linked": states.COMPANY_NOT_LINKED,
    "plan required": states.PLAN_REQUIRED,
    "linked": states.linked(batch=states.batch(130, 8, 4)),
    "company": states.company(backfill=states.BACKFILL),
    "revoked": states.REVOKED,
    "full": states.FULL,
    "plan lost": states.PLAN_LOST,
    "paused": states.PAUSED,
    "unlinked": states.UNLINKED,
}


@pytest.mark.parametrize("name", LINKS)
def test_links_are_as_the_api_says_them(name: str) -> None:
    assert _faults({"links": [LINKS[name]]}, "Links") == []


@pytest.mark.parametrize(
    ("schema", "answer"),
    [
        ("Batches", {"batches": [states.batch(188, 8, 4), *states.OLDER_BATCHES], "cursor": "next"}),
        (
            "Files",
            {
                "files": [
                    *states.FILES,
                    states.READ,
                    states.SEVERAL,
                    states.SPLIT,
                    {**states.REJECTED, "retry": "requested"},
                ]
            },
        ),
        ("WaitingFiles", {"files": [states.WAITING]}),
        ("Deliveries", {"deliveries": states.DELIVERIES}),
        ("Backfill", states.BACKFILL),
        ("Filing", states.filing()),
        ("Preview", states.preview("https://pictures.example/0.jpg")),
    ],
)
def test_lists_are_as_the_api_says_them(schema: str, answer: states.Json) -> None:
    assert _faults(answer, schema) == []


def _faults(answer: Any, schema: str) -> list[str]:
    validator = Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": DOCUMENT["components"]}
    )
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]
