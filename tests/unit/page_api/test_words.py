"""Every problem and every reason has a sentence in English and in French."""

from __future__ import annotations

import pytest

from functions.page_api.problems import ACTION_FOR, ProblemCode
from functions.page_api.texts import sentence, warning
from shared.domain.active_content import ActiveContent
from shared.domain.deliveries import DeliveryReason
from shared.domain.imports import WaitingReason
from shared.texts.languages import LANGUAGES

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


@pytest.mark.parametrize("locale", LANGUAGES)
def test_active_content_that_was_found_is_told_from_what_could_not_be_looked_for(locale: str) -> None:
    found = warning((ActiveContent.LAUNCH, ActiveContent.NOT_KNOWN), locale)
    not_known = warning((ActiveContent.NOT_KNOWN,), locale)

    assert found == warning((ActiveContent.JAVASCRIPT,), locale) != not_known


def test_every_problem_has_a_remedy() -> None:
    assert set(ACTION_FOR) == set(ProblemCode)
