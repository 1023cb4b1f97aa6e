"""Why a dropped file was rejected, in the words its user reads."""

from __future__ import annotations

from shared.domain.rejections import RejectionReason
from shared.texts.languages import text


def sentence(reason: RejectionReason, locale: str) -> str:
    """What happened and what to do about it."""
    return text(f"rejection.{reason.value}", locale)


def folder_name(reason: RejectionReason, locale: str) -> str:
    """The folder under `Rejected` that says why: NFC, and legal on Dropbox, Windows and macOS."""
    return text(f"rejection.{reason.value}.folder", locale)
