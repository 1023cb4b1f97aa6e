"""Who is at work: users of several companies, each with a Dropbox of their own, and what they put there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from local.dropbox_emulator.core.account import Account
from local.host import Person, seed
from local.world import World
from shared.domain.folders import AUTO_IMPORT_FOLDER

APP_FOLDER = "/Apps/Jenji"
AUTO_IMPORT = f"{APP_FOLDER}{AUTO_IMPORT_FOLDER}"
RENAMED = f"{APP_FOLDER}/Put away"
EMPLOYEES = 10
"""Of each company, the first of them an administrator."""


def digest(data: bytes) -> str:
    """By which contents are compared."""
    return sha256(data).hexdigest()


@dataclass(slots=True, eq=False)
class User:
    """A user of the host. `has` counts what lies in their Dropbox by content, as they know it.

    `dropped` are the documents they ever dropped by content; `given_up` those that they took away, or
    whose expense they deleted: nothing can be said of their expenses.
    """

    person: Person
    account: Account
    has: Counter[str] = field(default_factory=Counter)
    dropped: dict[str, bytes] = field(default_factory=dict)
    rejectable: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)

    def lying(self) -> dict[str, bytes]:
        """What is in `Auto-Import` now, by path."""
        return self._below(AUTO_IMPORT)

    def put_away(self) -> dict[str, bytes]:
        """What is in the folder that `Auto-Import` was renamed to, by path."""
        return self._below(RENAMED)

    def _below(self, folder: str) -> dict[str, bytes]:
        contents = self.account.tree_contents()
        return {path: data for path, data in contents.items() if path.startswith(f"{folder}/")}


@dataclass(slots=True, eq=False)
class Company:
    """A company and the Dropbox that its documents are delivered to."""

    administrator: Person
    account: Account

    @property
    def company_id(self) -> str:
        """The host's id of it."""
        return self.administrator.company_id


@dataclass(frozen=True, slots=True)
class Everybody:
    """All of them."""

    users: list[User]
    companies: Mapping[str, Company]

    def __iter__(self) -> Iterator[User]:
        return iter(self.users)


def introduce(world: World, count: int) -> Everybody:
    """Make so many users, with rows at the host and accounts at Dropbox."""
    persons = [
        Person(
            f"soak-{number:03}",
            f"Employee {number:03}",
            f"soak-{number // EMPLOYEES:02}",
            role="employee" if number % EMPLOYEES else "administrator",
        )
        for number in range(count)
    ]
    deployment = world.deployment
    seed(world.aws.client("dynamodb"), deployment.users_table, deployment.companies_table, persons)
    users = [User(person, world.dropbox.add_account(person.user_id)) for person in persons]
    companies = {
        person.company_id: Company(person, world.dropbox.add_account(f"{person.company_id}-company"))
        for person in persons
        if person.role == "administrator"
    }
    return Everybody(users, companies)
