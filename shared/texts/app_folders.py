"""How people find an app's folder in their Dropbox: its parent is named in the account's language.

No call of Dropbox tells the name. These were seen in accounts of these languages; of any other language a
name would be a guess, and a folder that is not there sends people searching.
"""

from __future__ import annotations

from shared.texts.languages import text

_PARENT = {
    "en": "Apps",
    "es": "Aplicaciones",
    "fr": "Applications",
    "pt": "Aplicativos",
    "sv": "Appar",
}


def app_folder(path: str, *, app_name: str, account_locale: str, locale: str) -> str:
    """`Applications/Jenji/Auto-Import` of `Auto-Import`, for an account whose language is French.

    `account_locale` is the account's (`fr`, `pt_BR`, or empty where it is not known), `locale` the reader's.
    """
    parent = _PARENT.get(account_locale.replace("_", "-").partition("-")[0].lower())
    parent = parent or text("apps_folder", locale)
    return f"{parent}/{app_name}/{path}"
