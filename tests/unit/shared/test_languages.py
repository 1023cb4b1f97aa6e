"""In which language people are spoken to, and that none lacks a text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from functions.document_sync.manifests.csv_table import COLUMNS
from functions.document_sync.manifests.rates import OtherRate
from functions.document_sync.proving import proof_csv
from functions.page_api.imports.show_preview import NoPreview
from functions.page_api.problems import ProblemCode
from shared.domain.deliveries import DeliveryReason, Found
from shared.domain.errors import RefusalCode
from shared.domain.imports import WaitingReason
from shared.domain.links import Space
from shared.domain.proofs import Finding, ProofProblem
from shared.domain.readings import Category, Contradiction
from shared.domain.rejections import RejectionReason
from shared.domain.sharing import SharingProblem
from shared.texts import languages
from shared.texts.app_folders import app_folder
from shared.texts.languages import LANGUAGES, language_of

PROOF_FILE = (
    *proof_csv.COLUMNS,
    *proof_csv.SUMMARY,
    *proof_csv.NOT_LOOKED_FOR,
    "run",
    "as_of",
    "more",
)
KEYS = {
    "apps_folder",
    "active_content.found",
    "active_content.not_known",
    *(f"rejection.{reason.value}" for reason in RejectionReason),
    *(f"rejection.{reason.value}.folder" for reason in RejectionReason),
    *(f"refusal.{code.value}" for code in RefusalCode),
    *(f"problem.{code.value}" for code in ProblemCode),
    *(f"waiting.{reason.value}" for reason in WaitingReason),
    *(f"delivery.{reason.value}" for reason in DeliveryReason),
    *(f"no_preview.{reason.value}" for reason in NoPreview),
    *(f"category.{category.value}" for category in Category),
    *(f"contradiction.{code.value}" for code in Contradiction),
    *(f"sharing.{problem.value}" for problem in SharingProblem),
    *(f"found.{found.value}" for found in Found),
    *(f"proof.{problem.value}" for problem in ProofProblem),
    *(f"proof_file.finding.{finding.value}" for finding in Finding),
    *(f"proof_file.{key}" for key in PROOF_FILE),
    *(f"manifest.column.{name}" for name in COLUMNS),
    *(f"manifest.column.{what}_of_{rate.value}" for what in ("net", "vat") for rate in OtherRate),
    *(f"manifest.column.{what}_of_rate" for what in ("net", "vat")),
    *(f"manifest.column.{name}" for name in ("dropbox", "rate", "documents", "expenses")),
    *(f"manifest.column.{name}" for name in ("by_employee", "by_category", "check")),
    *(f"manifest.totals.{block}" for block in ("all", "employee", "category", "rate", "none")),
    *(f"manifest.space.{space.value}" for space in Space),
    *(f"manifest.vat_source.{source}" for source in ("host", "read")),
    *(f"manifest.sheet.{sheet}" for sheet in ("expenses", "totals")),
    *(f"manifest.check.{outcome}" for outcome in ("right", "wrong")),
    "manifest.open",
    "manifest.page",
}
_NO_TEXTS = {"__init__", "app_folders", "languages", "rejections"}


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("fr_FR", "fr"),
        ("FR", "fr"),
        ("en", "en"),
        ("frr", "en"),
        ("", "en"),
        ("de-FR", "de"),
        ("nl-FR", "en"),
    ],
)
def test_the_language_decides_not_the_country(locale: str, language: str) -> None:
    assert language_of(locale) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_and_no_other(language: str) -> None:
    texts = LANGUAGES[language]

    assert {"missing": KEYS - texts.keys(), "unused": texts.keys() - KEYS} == {
        "missing": set(),
        "unused": set(),
    }
    assert all(text.strip() for text in texts.values())


def test_every_file_of_texts_is_a_language() -> None:
    files = {path.stem for path in Path(languages.__file__).parent.glob("*.py")}

    assert files - _NO_TEXTS == set(LANGUAGES)


def test_french_is_set_as_french_is() -> None:
    for key, text in LANGUAGES["fr"].items():
        assert "'" not in text, key
        assert not re.search(r"\w[;!?]", text), key


@pytest.mark.parametrize(
    ("account_locale", "path"),
    [("es_ES", "Aplicaciones/Jenji/x"), ("sv", "Appar/Jenji/x"), ("EN", "Apps/Jenji/x")],
)
def test_the_apps_folder_is_named_as_dropbox_names_it_in_the_accounts_language(
    account_locale: str, path: str
) -> None:
    assert app_folder("x", app_name="Jenji", account_locale=account_locale, locale="fr") == path


@pytest.mark.parametrize("account_locale", ["ja", "", "e"])
def test_where_its_name_is_not_known_the_apps_folder_is_described(account_locale: str) -> None:
    described = app_folder("x", app_name="Jenji", account_locale=account_locale, locale="fr_FR")

    assert described == "(le dossier de vos applications)/Jenji/x"
