"""Where a recorded file is filed in the user's Dropbox, beside `Auto-Import`."""

from __future__ import annotations

from datetime import datetime

from shared.domain.folders import AUTO_IMPORT_FOLDER
from shared.domain.imports import Outcome
from shared.domain.plain_text import one_line
from shared.domain.rejections import RejectionReason
from shared.texts.rejections import folder_name

IMPORTED = "/Imported"
DUPLICATES = "/Duplicates"
REJECTED = "/Rejected"
MOST_OF_LABEL = 500
"""Characters: folders may lie twenty deep in each other."""


def name_below_auto_import(path: str) -> str:
    """`/Auto-Import/Berlin trip/x.jpg` becomes `Berlin trip/x.jpg`; folder case may vary."""
    if path.casefold().startswith(f"{AUTO_IMPORT_FOLDER}/".casefold()):
        return path[len(AUTO_IMPORT_FOLDER) + 1 :]
    return path.lstrip("/")


def is_in_auto_import(path: str) -> bool:
    """Whether a file at this path still waits to be imported."""
    return path.casefold().startswith(f"{AUTO_IMPORT_FOLDER}/".casefold())


def label_of(name: str) -> str:
    """The sub-folder a document was dropped in says what it belongs to: `Berlin trip`."""
    folders = (one_line(folder, MOST_OF_LABEL) for folder in name.split("/")[:-1])
    return " / ".join(folder for folder in folders if folder)[:MOST_OF_LABEL].rstrip(" /")


def imported_target(name: str, now: datetime) -> str:
    """By month, so that the folder stays one that people can open."""
    return f"{IMPORTED}/{now:%Y-%m}/{name}"


def duplicate_target(name: str) -> str:
    """All duplicates together: they are few, and there to be looked through."""
    return f"{DUPLICATES}/{name}"


def rejected_target(name: str, reason: RejectionReason, locale: str) -> str:
    """The reason is the folder's name, in the user's language."""
    return f"{REJECTED}/{folder_name(reason, locale)}/{name}"


def is_beside(path: str, target: str) -> bool:
    """Whether the file lies where we filed it, perhaps under another name: `x (1).jpg`."""
    return path.rpartition("/")[0].casefold() == target.rpartition("/")[0].casefold()


def target_for(
    outcome: Outcome, reason: RejectionReason | None, *, name: str, locale: str, now: datetime
) -> str:
    """The path a recorded file is moved to."""
    if reason is not None:
        return rejected_target(name, reason, locale)
    return duplicate_target(name) if outcome is Outcome.DUPLICATE else imported_target(name, now)
