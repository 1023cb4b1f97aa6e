"""French."""

# The apostrophe and the narrow space of French typography are meant:
# ruff: noqa: RUF001

from .model import Words

WORDS = Words(
    code="fr",
    plural=lambda number: "one" if number < 2 else "other",
    thousands="\u202f",
    greeting="Bonjour {name},",
    button="Ouvrir Jenji",
    footer="Jenji vous écrit parce que votre Dropbox, ou celui de votre entreprise, est lié.",
    unsubscribe="Ne plus recevoir ces messages",
    batch_subjects={
        "imported": {"one": "Votre justificatif est prêt", "other": "Vos {n} justificatifs sont prêts"},
        "rejected": {
            "one": "Un fichier n’a pas pu être importé",
            "other": "{n} fichiers n’ont pas pu être importés",
        },
    },
    batch={
        "imported": {
            "one": "Le document que vous avez déposé dans Dropbox est lu : c’est désormais une dépense.",
            "other": "Les documents que vous avez déposés dans Dropbox sont lus : {n} sont désormais des dépenses.",
        },
        "to_check": {
            "one": "L’une d’elles est à vérifier avant de l’envoyer.",
            "other": "{n} d’entre elles sont à vérifier avant de les envoyer.",
        },
        "rejected": {
            "one": "Un fichier n’a pas pu être importé. La page dit pourquoi, et que faire.",
            "other": "{n} fichiers n’ont pas pu être importés. La page dit pourquoi, et que faire.",
        },
        "duplicate": {
            "one": "Un fichier avait déjà été importé.",
            "other": "{n} fichiers avaient déjà été importés.",
        },
    },
    link_subject="Jenji et Dropbox ne communiquent plus",
    link_reasons={
        "token_revoked": "Dropbox n’autorise plus Jenji. Liez de nouveau votre compte ; rien n’est perdu d’ici là.",
        "scope_missing": (
            "Dropbox ne donne pas à Jenji l’accès nécessaire. "
            "Liez de nouveau votre compte et acceptez tout ce qui est demandé."
        ),
        "quota_full": "Votre Dropbox est plein. Libérez de l’espace : l’envoi reprend de lui-même dans l’heure.",
        "transport_limit": (
            "Votre équipe Dropbox a épuisé ses envois de ce mois. Ils reprennent d’eux-mêmes le mois prochain."
        ),
        "plan": "Votre offre ne comprend plus cette fonction. Rien n’est perdu ; elle reprend avec l’offre.",
        "administrator_gone": (
            "L’administrateur qui a lié le Dropbox de votre entreprise ne l’est plus. "
            "Reprenez la liaison, ou liez un autre compte : rien n’est envoyé d’ici là."
        ),
        "dropbox_suspended": "Dropbox a suspendu votre compte. Son assistance peut vous aider.",
        "access_denied": "Votre équipe Dropbox n’autorise pas Jenji. Un administrateur de l’équipe peut l’autoriser.",
        "space_unavailable": (
            "L’espace d’équipe où vont les documents n’existe plus. Choisissez votre dossier, ou liez de nouveau."
        ),
    },
    link_other="La liaison avec Dropbox ne fonctionne pas. La page dit pourquoi, et que faire.",
    delivery_subject="Des justificatifs n’ont pas pu être envoyés au Dropbox de votre entreprise",
    delivery=(
        "Des justificatifs de dépenses acceptées n’ont pas pu être envoyés. "
        "La page en donne la liste ; certains peuvent être renvoyés."
    ),
)
