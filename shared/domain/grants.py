"""What Dropbox hands over when a user has consented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Grant:
    """What a user has granted. Never shown: it holds tokens."""

    access_token: str
    refresh_token: str
    account_id: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class AccountOwner:
    """Whose Dropbox account it is, in words a user recognises.

    `locale` is the account's language, empty where it is not told. `team_space_id` is the namespace of the
    team space; None where the account has none beside its own folder.
    """

    account_id: str
    name: str
    email: str
    locale: str = ""
    team_space_id: str | None = None
