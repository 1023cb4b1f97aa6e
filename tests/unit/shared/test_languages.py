"""Who is spoken to in French."""

import pytest

from shared.texts.languages import is_french


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("fr", True),
        ("fr-CA", True),
        ("fr_FR", True),
        ("FR", True),
        ("en", False),
        ("frr", False),
        ("", False),
        ("de-FR", False),
    ],
)
def test_french_is_told_by_the_language_not_the_country(locale: str, expected: bool) -> None:
    assert is_french(locale) is expected
