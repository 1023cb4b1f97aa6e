"""The pages' texts, in the languages of the host's people."""

# The apostrophe of French typography is meant:
# ruff: noqa: RUF001

from __future__ import annotations

from collections.abc import Mapping

_TEXTS = {
    "accept": ("Accept", "Accepter"),
    "administrator": ("Administrator, {company} ({user})", "Administrateur, {company} ({user})"),
    "amount": ("Amount", "Montant"),
    "company": (
        "Company Settings > Integrations > Connected Apps",
        "Paramètres de l’entreprise > Intégrations > Applications connectées",
    ),
    "currency": ("Currency", "Devise"),
    "date": ("Date", "Date"),
    "delete": ("Delete", "Supprimer"),
    "done.accept": (
        "Accepted: its documents are on their way to the company's Dropbox.",
        "Acceptée : ses justificatifs sont en route vers le Dropbox de l’entreprise.",
    ),
    "done.delete": (
        "Deleted. The same document may be imported again.",
        "Supprimée. Le même justificatif peut être importé de nouveau.",
    ),
    "done.refuse": ("Refused.", "Refusée."),
    "done.save": ("Saved.", "Enregistrée."),
    "employee": ("Employee, {company} ({user})", "Collaborateur, {company} ({user})"),
    "empty": (
        "No expenses yet. Link your Dropbox under Integrations and drop a receipt into Auto-Import.",
        "Aucune dépense. Liez votre Dropbox sous Intégrations et déposez un reçu dans Auto-Import.",
    ),
    "expenses": ("Expenses", "Dépenses"),
    "hint.administrator": (
        "Everybody's in the company. Accepting one sends its documents to the company's Dropbox.",
        "Celles de toute l’entreprise. En accepter une envoie ses justificatifs au Dropbox de l’entreprise.",
    ),
    "hint.employee": (
        "Yours. Fill in what is on the documents; an administrator accepts them.",
        "Les vôtres. Reportez ce que disent les justificatifs ; un administrateur les accepte.",
    ),
    "inbox": ("Inbox", "Boîte de réception"),
    "inbox.batch": ("What I dropped into Dropbox", "Ce que j’ai déposé dans Dropbox"),
    "inbox.delivery": ("Documents that cannot be delivered", "Justificatifs qui n’ont pas pu être envoyés"),
    "inbox.empty": (
        "No mails yet. Once what you dropped is read, one says so here.",
        "Aucun message. Dès que vos fichiers sont lus, un message le dit ici.",
    ),
    "inbox.link": ("A link that has stopped working", "Une liaison qui ne fonctionne plus"),
    "inbox.text": (
        "What Jenji would have sent to {address}. No mail leaves this machine.",
        "Ce que Jenji aurait envoyé à {address}. Aucun message ne quitte cette machine.",
    ),
    "inbox.wanted": ("Write to me about", "M’écrire au sujet de"),
    "integrations": ("Integrations", "Intégrations"),
    "machine": ("On this machine", "Sur cette machine"),
    "machine.text": (
        "Each Dropbox account is a directory; what is copied there is dropped into Dropbox.",
        "Chaque compte Dropbox est un dossier ; ce qu’on y copie est déposé dans Dropbox.",
    ),
    "merchant": ("Merchant", "Marchand"),
    "more": ("{left} more", "{left} de plus"),
    "page": ("Page {page} of {count}", "Page {page} sur {count}"),
    "personal": ("Profile & Preferences > Integrations", "Profil et préférences > Intégrations"),
    "refresh": ("Refresh", "Actualiser"),
    "refuse": ("Refuse", "Refuser"),
    "save": ("Save", "Enregistrer"),
    "sign in": ("Sign in", "Se connecter"),
    "sign in.text": (
        "Choose who you are. This stand-in asks for no password.",
        "Choisissez qui vous êtes. Aucun mot de passe n’est demandé ici.",
    ),
    "sign out": ("Sign out", "Se déconnecter"),
    "stand-in": (
        "A stand-in for Jenji's web app: nothing leaves this machine.",
        "Une doublure de l’application de Jenji : rien ne quitte cette machine.",
    ),
    "status.ACCEPTED": ("Accepted", "Acceptée"),
    "status.COMPLIANT": ("Compliant", "Conforme"),
    "status.DELETED": ("Deleted", "Supprimée"),
    "status.NON_COMPLIANT": ("Not compliant", "Non conforme"),
    "status.RECORDED": ("Recorded", "Comptabilisée"),
    "status.REFUSED": ("Refused", "Refusée"),
    "status.REIMBURSED": ("Reimbursed", "Remboursée"),
    "status.WAITING": ("Waiting", "En attente"),
    "wrong.amount": ("The amount must be a number.", "Le montant doit être un nombre."),
    "wrong.currency": ("The currency must be three letters.", "La devise doit être de trois lettres."),
    "wrong.date": ("The date must be a date.", "La date doit être une date."),
    "wrong.merchant": ("The merchant's name is too long.", "Le nom du marchand est trop long."),
    "unsure": ("to be checked", "à vérifier"),
    "document_number": ("Document number", "Numéro du document"),
}
_LANGUAGES = ("en", "fr")


def language(locale: str) -> str:
    """`fr` of `fr-FR`; English where there is no other."""
    spoken = locale.replace("_", "-").partition("-")[0].casefold()
    return spoken if spoken in _LANGUAGES else "en"


def words(locale: str) -> Mapping[str, str]:
    """Every text in that language."""
    chosen = _LANGUAGES.index(language(locale))
    return {key: texts[chosen] for key, texts in _TEXTS.items()}
