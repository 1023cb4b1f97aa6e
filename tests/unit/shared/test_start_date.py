"""The start date of a synchronisation, as an administrator may write it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.expenses import Company
from shared.http.start_date import check_start_date, parse_since


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-01", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2024-02-29", datetime(2024, 2, 29, tzinfo=UTC)),
        ("0001-01-01", datetime(1, 1, 1, tzinfo=UTC)),
        ("2026-01-01T00:00:00+01:00", datetime(2025, 12, 31, 23, tzinfo=UTC)),
        ("2026-01-01T12:30:00.5Z", datetime(2026, 1, 1, 12, 30, 0, 500_000, tzinfo=UTC)),
    ],
)
def test_a_date_begins_at_midnight_and_an_instant_where_it_is(text: str, instant: datetime) -> None:
    assert parse_since(text) == instant


def test_no_date_is_none() -> None:
    assert parse_since(None) is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "yesterday",
        "01/02/2026",
        "2026-02-30",
        "2025-02-29",
        "2026-13-01",
        "2026-01-01T00:00:00",
        "2026-01-01T25:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2026-01-01 ",
        "2026-01-01\n",
        "\ud800",
        "9" * 4000,
        20260101,
        1767225600.5,
        True,
        [],
        {},
    ],
)
def test_what_is_no_date_is_refused_with_a_code_of_its_own(value: object) -> None:
    with pytest.raises(RequestRefused) as refused:
        parse_since(value)

    assert refused.value.code is RefusalCode.INVALID_START_DATE


@given(st.text(max_size=40))
def test_any_text_is_an_aware_instant_or_refused(text: str) -> None:
    try:
        since = parse_since(text)
    except RequestRefused:
        return

    assert since is not None
    assert since.utcoffset() is not None


NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FOUNDED = Company("atelier", "L'Atelier", "team", created_at=datetime(2024, 5, 17, 15, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("since", "company"),
    [
        (datetime(2024, 5, 17, tzinfo=UTC), FOUNDED),
        (NOW, FOUNDED),
        (datetime(2000, 1, 1, tzinfo=UTC), None),
    ],
)
def test_a_date_within_the_companys_life_is_a_start_date(since: datetime, company: Company | None) -> None:
    check_start_date(since, company, NOW)


@pytest.mark.parametrize(
    ("since", "company"),
    [
        (datetime(2024, 5, 16, tzinfo=UTC), FOUNDED),
        (NOW + timedelta(microseconds=1), FOUNDED),
        (datetime(1999, 12, 31, tzinfo=UTC), None),
        (datetime.min.replace(tzinfo=UTC), None),
    ],
)
def test_a_date_outside_the_companys_life_is_none(since: datetime, company: Company | None) -> None:
    with pytest.raises(RequestRefused) as refused:
        check_start_date(since, company, NOW)

    assert refused.value.code is RefusalCode.INVALID_START_DATE
