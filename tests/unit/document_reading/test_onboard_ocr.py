from __future__ import annotations

import sys
from pathlib import Path

import pytest

from functions.document_reading.ocr.onboard import OnboardOcr
from shared.domain.errors import ConfigurationMissing


def test_says_at_once_that_the_engine_is_not_where_it_is_to_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if ".venv-ocr" not in entry])
    monkeypatch.delitem(sys.modules, "rapidocr", raising=False)

    with pytest.raises(ConfigurationMissing):
        OnboardOcr(tmp_path)


def test_an_engine_is_not_loaded_before_there_is_a_picture(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.delitem(sys.modules, "rapidocr", raising=False)
    (tmp_path / "rapidocr.py").write_text("raise AssertionError('loaded')", encoding="utf-8")

    OnboardOcr(tmp_path)

    assert sys.path[-1] == str(tmp_path)
