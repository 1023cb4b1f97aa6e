"""Every problem and every reason has a sentence in English and in French."""

from __future__ import annotations

import pytest

from functions.page_api.problems import ACTION_FOR, ProblemCode
from functions.page_api.texts import DeliveryReason, WaitingReason, delivery_reason, sentence, waiting_reason

CODES = [*ProblemCode, *WaitingReason, *DeliveryReason]


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("code", CODES)
def test_every_code_is_worded(code: ProblemCode | WaitingReason | DeliveryReason, locale: str) -> None:
    text = sentence(code, locale)

    assert text[0].isupper()
    assert text.endswith(".")


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_no_two_codes_read_the_same(locale: str) -> None:
    texts = [sentence(code, locale) for code in CODES]

    assert len(set(texts)) == len(texts)


def test_every_problem_has_a_remedy() -> None:
    assert set(ACTION_FOR) == set(ProblemCode)


@pytest.mark.parametrize(
    ("noted", "reason"),
    [
        ("incomplete", WaitingReason.INCOMPLETE),
        ("noted", WaitingReason.BEING_READ),
        ("move: PathConflict", WaitingReason.CANNOT_BE_MOVED),
        ("DropboxUnavailable", WaitingReason.TRY_AGAIN),
        ("", WaitingReason.TRY_AGAIN),
    ],
)
def test_what_operators_read_becomes_what_people_read(noted: str, reason: WaitingReason) -> None:
    assert waiting_reason(noted) is reason


@pytest.mark.parametrize(
    ("noted", "has_failed", "reason"),
    [
        ("document_removed", True, DeliveryReason.DOCUMENT_REMOVED),
        ("acceptance_withdrawn", False, DeliveryReason.ACCEPTANCE_WITHDRAWN),
        ("account_changed", False, DeliveryReason.ACCOUNT_CHANGED),
        ("path/restricted_content", True, DeliveryReason.DROPBOX_REFUSED),
        ("DropboxUnavailable", False, DeliveryReason.TRY_AGAIN),
        ("AcceptedAgain", False, DeliveryReason.TRY_AGAIN),
    ],
)
def test_reasons_of_ours_stay_and_dropboxs_become_one(
    noted: str, has_failed: bool, reason: DeliveryReason
) -> None:
    assert delivery_reason(noted, has_failed=has_failed) is reason
