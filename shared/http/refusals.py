"""How a request that is not fulfilled is answered: HTTP status, code, sentence in the user's language."""

# The apostrophe of French typography is meant:
# ruff: noqa: RUF001

from __future__ import annotations

from shared.domain.errors import Conflict, PayloadTooLarge, RefusalCode, Rejected, RequestRefused, Retryable
from shared.texts.languages import is_french

STATUS_OF = {
    RefusalCode.ACCESS_DENIED: 403,
    RefusalCode.ACCOUNT_ALREADY_LINKED: 409,
    RefusalCode.ALREADY_USED: 409,
    RefusalCode.DROPBOX_ERROR: 502,
    RefusalCode.EXPIRED: 410,
    RefusalCode.INVALID_CURSOR: 400,
    RefusalCode.INVALID_REQUEST: 400,
    RefusalCode.INVALID_START_DATE: 400,
    RefusalCode.MISSING_SCOPE: 403,
    RefusalCode.NO_TEAM_SPACE: 409,
    RefusalCode.NOT_ADMINISTRATOR: 403,
    RefusalCode.NOT_FOUND: 404,
    RefusalCode.NOT_LINKED: 409,
    RefusalCode.NOT_RETRYABLE: 409,
    RefusalCode.NOT_SIGNED_IN: 401,
    RefusalCode.OTHER_USER: 403,
    RefusalCode.PAUSED: 409,
    RefusalCode.PLAN_REQUIRED: 403,
    RefusalCode.PURPOSE_UNAVAILABLE: 403,
    RefusalCode.TRY_AGAIN: 503,
}

_ENGLISH = {
    RefusalCode.ACCESS_DENIED: "You did not give Jenji access to Dropbox. Nothing was linked.",
    RefusalCode.ACCOUNT_ALREADY_LINKED: (
        "This Dropbox account is already linked by another user or company of Jenji. "
        "Choose another Dropbox account, or have it unlinked there first."
    ),
    RefusalCode.ALREADY_USED: "This link was used already. Check your Dropbox settings, or start again.",
    RefusalCode.DROPBOX_ERROR: "Dropbox refused the link. Start again, or ask our support.",
    RefusalCode.EXPIRED: "Linking took too long. Start again.",
    RefusalCode.INVALID_CURSOR: "This page of the list is not there any more. Go back to the first.",
    RefusalCode.INVALID_REQUEST: "This request cannot be understood. Start again from your Dropbox settings.",
    RefusalCode.INVALID_START_DATE: "The start date must be a date, and not in the future. Choose another.",
    RefusalCode.MISSING_SCOPE: (
        "Dropbox did not give all the permissions that Jenji needs. Start again and allow all of them."
    ),
    RefusalCode.NO_TEAM_SPACE: "This Dropbox account has no team space beside its own folder.",
    RefusalCode.NOT_ADMINISTRATOR: "Only an administrator can look after the company’s Dropbox.",
    RefusalCode.NOT_FOUND: "There is nothing of that kind. Reload the page.",
    RefusalCode.NOT_LINKED: "No Dropbox account is linked, or its link is interrupted. Link it first.",
    RefusalCode.NOT_RETRYABLE: "This cannot be tried again: it has not failed, or is being tried already.",
    RefusalCode.NOT_SIGNED_IN: "Sign in to Jenji, then start again.",
    RefusalCode.OTHER_USER: (
        "This link was started by another user. Sign in as that user, or start again as yourself."
    ),
    RefusalCode.PAUSED: "Jenji has paused its work with Dropbox. It will go on by itself; try again later.",
    RefusalCode.PLAN_REQUIRED: "Synchronising with the company’s Dropbox needs the Team or Enterprise plan.",
    RefusalCode.PURPOSE_UNAVAILABLE: "This way of using Dropbox is not available yet.",
    RefusalCode.TRY_AGAIN: "Dropbox or Jenji is not answering at the moment. Try again in a minute.",
}

_FRENCH = {
    RefusalCode.ACCESS_DENIED: "Vous n’avez pas autorisé Jenji à accéder à Dropbox. Rien n’a été lié.",
    RefusalCode.ACCOUNT_ALREADY_LINKED: (
        "Ce compte Dropbox est déjà lié par un autre utilisateur ou une autre entreprise de Jenji. "
        "Choisissez un autre compte Dropbox, ou faites d’abord supprimer ce lien."
    ),
    RefusalCode.ALREADY_USED: "Ce lien a déjà servi. Vérifiez vos réglages Dropbox, ou recommencez.",
    RefusalCode.DROPBOX_ERROR: (
        "Dropbox a refusé la liaison. Recommencez ; si cela se reproduit, contactez notre assistance."
    ),
    RefusalCode.EXPIRED: "La liaison a pris trop de temps. Recommencez.",
    RefusalCode.INVALID_CURSOR: "Cette page de la liste n’existe plus. Reprenez la liste depuis le début.",
    RefusalCode.INVALID_REQUEST: "Cette demande est illisible. Recommencez depuis vos réglages Dropbox.",
    RefusalCode.INVALID_START_DATE: (
        "La date de début doit être une date qui n’est pas dans le futur. Choisissez-en une autre."
    ),
    RefusalCode.MISSING_SCOPE: (
        "Dropbox n’a pas accordé toutes les autorisations nécessaires à Jenji. "
        "Recommencez et acceptez-les toutes."
    ),
    RefusalCode.NO_TEAM_SPACE: "Ce compte Dropbox n’a pas d’espace d’équipe en plus de son propre dossier.",
    RefusalCode.NOT_ADMINISTRATOR: "Seul un administrateur peut gérer le Dropbox de l’entreprise.",
    RefusalCode.NOT_FOUND: "Il n’y a rien de tel ici. Rechargez la page.",
    RefusalCode.NOT_LINKED: (
        "Aucun compte Dropbox n’est lié, ou sa liaison est interrompue. Commencez par le lier (à nouveau)."
    ),
    RefusalCode.NOT_RETRYABLE: (
        "Ceci ne peut pas être retenté : rien n’a échoué, ou une nouvelle tentative est déjà en cours."
    ),
    RefusalCode.NOT_SIGNED_IN: "Connectez-vous à Jenji, puis recommencez.",
    RefusalCode.OTHER_USER: (
        "Cette liaison a été commencée par un autre utilisateur. "
        "Connectez-vous avec son compte, ou recommencez avec le vôtre."
    ),
    RefusalCode.PAUSED: (
        "Jenji a suspendu ses échanges avec Dropbox. Ils reprendront d’eux-mêmes ; réessayez plus tard."
    ),
    RefusalCode.PLAN_REQUIRED: (
        "Synchroniser avec le Dropbox de l’entreprise nécessite l’offre Team ou Enterprise."
    ),
    RefusalCode.PURPOSE_UNAVAILABLE: "Cette utilisation de Dropbox n’est pas encore disponible.",
    RefusalCode.TRY_AGAIN: "Dropbox ou Jenji ne répond pas pour le moment. Réessayez dans une minute.",
}


def code_of(error: Rejected | Retryable | Conflict) -> RefusalCode:
    """What a request that raised this is told."""
    if isinstance(error, RequestRefused):
        return error.code
    return RefusalCode.TRY_AGAIN if isinstance(error, Retryable | Conflict) else RefusalCode.INVALID_REQUEST


def status_of(error: Rejected | Retryable | Conflict) -> int:
    """The HTTP status it is told with."""
    return 413 if isinstance(error, PayloadTooLarge) else STATUS_OF[code_of(error)]


def refusal(error: Rejected | Retryable | Conflict, locale: str) -> dict[str, dict[str, str]]:
    """`{"error": {"code", "message"}}`, the message in the user's language."""
    code = code_of(error)
    return {"error": {"code": code.value, "message": sentence(code, locale)}}


def sentence(code: RefusalCode, locale: str) -> str:
    """What happened and what to do about it (`fr`, `fr-FR`; else English)."""
    return (_FRENCH if is_french(locale) else _ENGLISH)[code]
