"""Every refusal has a status, and a sentence in English and French."""

import pytest

from shared.domain.errors import AwsRefused, RefusalCode
from shared.http.refusals import STATUS_OF, refusal, sentence, status_of


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("code", RefusalCode)
def test_every_refusal_is_worded(code: RefusalCode, locale: str) -> None:
    text = sentence(code, locale)

    assert text[0].isupper()
    assert text.endswith(".")
    assert code.value not in text or "_" not in code.value


@pytest.mark.parametrize("code", RefusalCode)
def test_every_refusal_has_a_status(code: RefusalCode) -> None:
    assert 400 <= STATUS_OF[code] < 600


def test_no_two_refusals_read_the_same() -> None:
    for locale in ("en", "fr"):
        assert len({sentence(code, locale) for code in RefusalCode}) == len(RefusalCode)


@pytest.mark.parametrize("locale", ["fr", "fr-CA", "fr_FR", "FR"])
def test_speaks_french_to_the_french(locale: str) -> None:
    assert sentence(RefusalCode.EXPIRED, locale) != sentence(RefusalCode.EXPIRED, "en")


def test_what_aws_refuses_is_to_be_tried_again_and_not_the_users_fault() -> None:
    refused = AwsRefused("dynamodb", "GetItem", "AccessDeniedException")

    answer = refusal(refused, "en")

    assert status_of(refused) == 503
    assert answer["error"]["code"] == "try_again"
    assert "AccessDenied" not in answer["error"]["message"]


def test_codes_never_change() -> None:
    assert [code.value for code in RefusalCode] == [
        "access_denied",
        "account_already_linked",
        "already_used",
        "dropbox_error",
        "expired",
        "filing_changed",
        "filing_employee_missing",
        "filing_month_before_year",
        "filing_month_missing",
        "filing_parts_unfit",
        "filing_private_folder",
        "filing_year_shared",
        "invalid_address",
        "invalid_cursor",
        "invalid_request",
        "invalid_start_date",
        "link_not_working",
        "missing_scope",
        "no_team_space",
        "no_year_folder",
        "not_administrator",
        "not_found",
        "not_linked",
        "not_retryable",
        "not_signed_in",
        "not_splittable",
        "other_account",
        "other_user",
        "paused",
        "plan_required",
        "proof_under_way",
        "purpose_unavailable",
        "sharing_not_allowed",
        "sharing_under_way",
        "too_many_requests",
        "try_again",
    ]
