"""The words in which a user learns why a file was rejected."""

import re
import unicodedata
from itertools import product

import pytest

from shared.domain.rejections import RejectionReason
from shared.texts.rejections import folder_name, sentence

EVERY_WORDING = list(product(RejectionReason, ["en", "fr", "de", "es", "it"]))


@pytest.mark.parametrize("locale", ["fr", "fr-FR", "fr_CA", "FR"])
def test_speaks_french_to_the_french(locale: str) -> None:
    folder = folder_name(RejectionReason.PASSWORD_PROTECTED, locale)

    assert folder == "Protégé par mot de passe"


@pytest.mark.parametrize("locale", ["en", "en-GB", "nl", "fry", "", "-", "f"])
def test_speaks_english_to_everybody_else(locale: str) -> None:
    folder = folder_name(RejectionReason.PASSWORD_PROTECTED, locale)

    assert folder == "Password-protected"


@pytest.mark.parametrize(("reason", "locale"), EVERY_WORDING)
def test_every_sentence_says_what_happened_and_what_to_do(reason: RejectionReason, locale: str) -> None:
    text = sentence(reason, locale)

    assert text.endswith(".")
    assert len(re.findall(r"\.(?: |$)", text)) == 2


@pytest.mark.parametrize(("reason", "locale"), EVERY_WORDING)
def test_every_folder_name_is_legal_everywhere(reason: RejectionReason, locale: str) -> None:
    name = folder_name(reason, locale)

    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name == name.strip(" .")
    assert unicodedata.is_normalized("NFC", name)
    assert len(name.encode()) < 64


@pytest.mark.parametrize("locale", ["en", "fr", "de", "es", "it"])
def test_no_two_reasons_share_a_folder(locale: str) -> None:
    names = {folder_name(reason, locale).casefold() for reason in RejectionReason}

    assert len(names) == len(RejectionReason)


def test_codes_never_change() -> None:
    codes = [reason.value for reason in RejectionReason]

    assert codes == [
        "not_downloadable",
        "restricted",
        "empty",
        "too_large",
        "unsupported_type",
        "password_protected",
        "damaged",
        "too_complex",
        "unreadable",
        "none_attached",
        "several_attached",
    ]
