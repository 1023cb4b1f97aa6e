"""What the page says of problems, waiting files and documents: stable codes, and sentences for people."""

# The apostrophe of French typography is meant:
# ruff: noqa: RUF001

from __future__ import annotations

from functions.page_api.problems import ProblemCode
from shared.domain.deliveries import DeliveryReason
from shared.domain.imports import WaitingReason
from shared.texts.languages import is_french

Code = ProblemCode | WaitingReason | DeliveryReason

_PROBLEMS_EN: dict[Code, str] = {
    ProblemCode.TOKEN_REVOKED: "Jenji has no access to this Dropbox account any more. Link it again.",
    ProblemCode.SCOPE_MISSING: (
        "Dropbox has withdrawn some of the permissions that Jenji needs. Link the account again."
    ),
    ProblemCode.QUOTA_FULL: "This Dropbox account is full. Free some space in it.",
    ProblemCode.USER_INACTIVE: "Your Jenji account is not active. Ask your administrator.",
    ProblemCode.DROPBOX_SUSPENDED: "Dropbox has suspended this account. Ask Dropbox’s support.",
    ProblemCode.PLAN: "Synchronisation needs the Team or Enterprise plan. Upgrade, and it will go on.",
    ProblemCode.PAUSED: "Jenji has paused its work with Dropbox. It will go on by itself.",
    ProblemCode.RATE_LIMITED: "Dropbox asks for a pause. Jenji will go on by itself in a few minutes.",
    ProblemCode.TRANSPORT_LIMIT: (
        "Your Dropbox team has used up this month’s uploads by apps. Nothing is lost: Jenji will go on by "
        "itself on the first of next month."
    ),
    ProblemCode.ACCESS_DENIED: (
        "Dropbox does not let Jenji use this account. Ask the administrator of your Dropbox team; "
        "Jenji will go on by itself once it may."
    ),
    ProblemCode.DROPBOX_UNAVAILABLE: "Dropbox cannot be reached at present. Jenji will go on by itself.",
    ProblemCode.DROPBOX_REFUSED: "Dropbox refuses what Jenji asks of it. Contact our support.",
}
_WAITING_EN: dict[Code, str] = {
    WaitingReason.INCOMPLETE: "This file may still be on its way to Dropbox.",
    WaitingReason.BEING_READ: "This file is being read with special care.",
    WaitingReason.CANNOT_BE_MOVED: "This file is recorded, but Dropbox does not let it be moved yet.",
    WaitingReason.TRY_AGAIN: "This file could not be fetched from Dropbox. Jenji tries again by itself.",
}
_DELIVERIES_EN: dict[Code, str] = {
    DeliveryReason.ACCEPTANCE_WITHDRAWN: "The expense is not accepted any more.",
    DeliveryReason.ACCOUNT_CHANGED: "Another Dropbox account was linked in the meantime.",
    DeliveryReason.DOCUMENT_MISSING: "The document is not in Jenji’s store. Contact our support.",
    DeliveryReason.DOCUMENT_REMOVED: "The document was removed from its expense.",
    DeliveryReason.DROPBOX_REFUSED: "Dropbox refused the document. Try again, or contact our support.",
    DeliveryReason.PATH_TAKEN: "Other files have all the names it could have in Dropbox. Rename them first.",
    DeliveryReason.TRY_AGAIN: "The document could not be delivered yet. Jenji tries again by itself.",
    DeliveryReason.UNREADABLE: "The document could not be read. Contact our support.",
}
# By type as well: codes are strings, and two of them may be the same one.
_ENGLISH: dict[type[Code], dict[Code, str]] = {
    ProblemCode: _PROBLEMS_EN,
    WaitingReason: _WAITING_EN,
    DeliveryReason: _DELIVERIES_EN,
}

_PROBLEMS_FR: dict[Code, str] = {
    ProblemCode.TOKEN_REVOKED: "Jenji n’a plus accès à ce compte Dropbox. Liez-le à nouveau.",
    ProblemCode.SCOPE_MISSING: (
        "Dropbox a retiré certaines autorisations nécessaires à Jenji. Liez le compte à nouveau."
    ),
    ProblemCode.QUOTA_FULL: "Ce compte Dropbox est plein. Libérez-y de l’espace.",
    ProblemCode.USER_INACTIVE: "Votre compte Jenji n’est pas actif. Adressez-vous à votre administrateur.",
    ProblemCode.DROPBOX_SUSPENDED: "Dropbox a suspendu ce compte. Adressez-vous à l’assistance de Dropbox.",
    ProblemCode.PLAN: (
        "La synchronisation nécessite l’offre Team ou Enterprise. Changez d’offre et elle reprendra."
    ),
    ProblemCode.PAUSED: "Jenji a suspendu ses échanges avec Dropbox. Ils reprendront d’eux-mêmes.",
    ProblemCode.RATE_LIMITED: "Dropbox demande une pause. Jenji reprendra de lui-même dans quelques minutes.",
    ProblemCode.TRANSPORT_LIMIT: (
        "Votre équipe Dropbox a épuisé les envois d’applications de ce mois. Rien n’est perdu : Jenji "
        "reprendra de lui-même le premier du mois prochain."
    ),
    ProblemCode.ACCESS_DENIED: (
        "Dropbox ne permet pas à Jenji d’utiliser ce compte. Adressez-vous à l’administrateur de votre "
        "équipe Dropbox ; Jenji reprendra ensuite de lui-même."
    ),
    ProblemCode.DROPBOX_UNAVAILABLE: "Dropbox est injoignable pour l’instant. Jenji reprendra de lui-même.",
    ProblemCode.DROPBOX_REFUSED: "Dropbox refuse ce que Jenji lui demande. Contactez notre assistance.",
}
_WAITING_FR: dict[Code, str] = {
    WaitingReason.INCOMPLETE: "Ce fichier est peut-être encore en route vers Dropbox.",
    WaitingReason.BEING_READ: "Ce fichier est en cours de lecture, avec précaution.",
    WaitingReason.CANNOT_BE_MOVED: "Ce fichier est traité, mais Dropbox ne permet pas encore de le déplacer.",
    WaitingReason.TRY_AGAIN: "Ce fichier n’a pas pu être récupéré de Dropbox. Jenji réessaie de lui-même.",
}
_DELIVERIES_FR: dict[Code, str] = {
    DeliveryReason.ACCEPTANCE_WITHDRAWN: "La dépense n’est plus acceptée.",
    DeliveryReason.ACCOUNT_CHANGED: "Un autre compte Dropbox a été lié entre-temps.",
    DeliveryReason.DOCUMENT_MISSING: "Le document ne se trouve pas chez Jenji. Contactez notre assistance.",
    DeliveryReason.DOCUMENT_REMOVED: "Le document a été retiré de sa dépense.",
    DeliveryReason.DROPBOX_REFUSED: "Dropbox a refusé le document. Réessayez, ou contactez notre assistance.",
    DeliveryReason.PATH_TAKEN: (
        "D’autres fichiers portent déjà tous les noms possibles dans Dropbox. Renommez-les, puis réessayez."
    ),
    DeliveryReason.TRY_AGAIN: "Le document n’a pas encore pu être remis. Jenji réessaie de lui-même.",
    DeliveryReason.UNREADABLE: "Le document n’a pas pu être lu. Contactez notre assistance.",
}
_FRENCH: dict[type[Code], dict[Code, str]] = {
    ProblemCode: _PROBLEMS_FR,
    WaitingReason: _WAITING_FR,
    DeliveryReason: _DELIVERIES_FR,
}


def sentence(code: Code, locale: str) -> str:
    """What there is to know and to do (`fr`, `fr-FR`; else English)."""
    return (_FRENCH if is_french(locale) else _ENGLISH)[type(code)][code]
