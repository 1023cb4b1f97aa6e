"""Why a dropped file did not become an expense: a closed list of reasons, in the words users read."""

# The apostrophe of French typography is meant:
# ruff: noqa: RUF001

from dataclasses import dataclass
from enum import StrEnum

from shared.texts.languages import is_french


class RejectionReason(StrEnum):
    """The stable codes kept in the history; what people read is made from them when it is shown."""

    NOT_DOWNLOADABLE = "not_downloadable"
    RESTRICTED = "restricted"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNSUPPORTED_TYPE = "unsupported_type"
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105 - a reason, not a password
    DAMAGED = "damaged"
    TOO_COMPLEX = "too_complex"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class _Wording:
    folder: str
    sentence: str


_ENGLISH = {
    RejectionReason.NOT_DOWNLOADABLE: _Wording(
        "Not downloadable",
        "Dropbox does not hand out this file, as with Paper documents and Google Docs. "
        "Export it as a PDF and drop the PDF instead.",
    ),
    RejectionReason.RESTRICTED: _Wording(
        "Restricted by Dropbox",
        "For a week Dropbox has not handed out this file, which it restricts. "
        "Drop another copy of the document, or ask Dropbox’s support and drop it again.",
    ),
    RejectionReason.EMPTY: _Wording(
        "Empty file",
        "This file is empty. Check that it opens on your computer, then drop it again.",
    ),
    RejectionReason.TOO_LARGE: _Wording(
        "Too large",
        "This file is too large. Reduce its size, or split it, then drop it again.",
    ),
    RejectionReason.UNSUPPORTED_TYPE: _Wording(
        "Unsupported type",
        "This type of file cannot be imported, whatever its name says. "
        "Drop a PDF, JPEG, PNG, HEIC, WebP, TIFF or GIF file instead.",
    ),
    RejectionReason.PASSWORD_PROTECTED: _Wording(
        "Password-protected",
        "A password is needed to open this file. Save a copy without the password and drop the copy.",
    ),
    RejectionReason.DAMAGED: _Wording(
        "Damaged",
        "This file is damaged or incomplete and cannot be shown. "
        "Download, scan or photograph the document again, then drop the new file.",
    ),
    RejectionReason.TOO_COMPLEX: _Wording(
        "Too complex",
        "This file has too many pages, or images too large, to be read. "
        "Split it or reduce its resolution, then drop it again.",
    ),
    RejectionReason.UNREADABLE: _Wording(
        "Unreadable",
        "This file could not be read. Print it as a PDF or take a photo of it, then drop the new file.",
    ),
}

_FRENCH = {
    RejectionReason.NOT_DOWNLOADABLE: _Wording(
        "Non téléchargeable",
        "Dropbox ne permet pas de télécharger ce fichier, comme les documents Paper et Google Docs. "
        "Exportez-le en PDF, puis déposez le PDF.",
    ),
    RejectionReason.RESTRICTED: _Wording(
        "Restreint par Dropbox",
        "Depuis une semaine, Dropbox restreint ce fichier et ne le délivre pas. "
        "Déposez une autre copie, ou adressez-vous à l’assistance de Dropbox puis déposez-le à nouveau.",
    ),
    RejectionReason.EMPTY: _Wording(
        "Fichier vide",
        "Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre ordinateur, puis déposez-le à nouveau.",
    ),
    RejectionReason.TOO_LARGE: _Wording(
        "Trop volumineux",
        "Ce fichier est trop volumineux. Réduisez sa taille ou divisez-le, puis déposez-le à nouveau.",
    ),
    RejectionReason.UNSUPPORTED_TYPE: _Wording(
        "Type non pris en charge",
        "Ce type de fichier ne peut pas être importé, quel que soit son nom. "
        "Déposez plutôt un fichier PDF, JPEG, PNG, HEIC, WebP, TIFF ou GIF.",
    ),
    RejectionReason.PASSWORD_PROTECTED: _Wording(
        "Protégé par mot de passe",
        "Ce fichier ne s’ouvre qu’avec un mot de passe. "
        "Enregistrez-en une copie sans mot de passe, puis déposez la copie.",
    ),
    RejectionReason.DAMAGED: _Wording(
        "Endommagé",
        "Ce fichier est endommagé ou incomplet et ne peut pas être affiché. "
        "Téléchargez, numérisez ou photographiez à nouveau le document, puis déposez le nouveau fichier.",
    ),
    RejectionReason.TOO_COMPLEX: _Wording(
        "Trop complexe",
        "Ce fichier a trop de pages, ou des images trop grandes, pour être lu. "
        "Divisez-le ou réduisez sa résolution, puis déposez-le à nouveau.",
    ),
    RejectionReason.UNREADABLE: _Wording(
        "Illisible",
        "Ce fichier n’a pas pu être lu. "
        "Imprimez-le en PDF ou prenez-le en photo, puis déposez le nouveau fichier.",
    ),
}


def sentence(reason: RejectionReason, locale: str) -> str:
    """Tell what happened and what to do about it, in the user's language (`fr`, `fr-FR`; else English)."""
    return _wording(reason, locale).sentence


def folder_name(reason: RejectionReason, locale: str) -> str:
    """Name the folder under `Rejected` that says why: NFC, and legal on Dropbox, Windows and macOS."""
    return _wording(reason, locale).folder


def _wording(reason: RejectionReason, locale: str) -> _Wording:
    return (_FRENCH if is_french(locale) else _ENGLISH)[reason]
