"""Links, as the API shows them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from functions.page_api.problems import Action, ProblemCode
from functions.page_api.schemas.backfill import Backfill
from functions.page_api.schemas.batches import Batch
from functions.page_api.schemas.forms import Absent, Asked, Instant, Shown
from shared.domain.errors import RefusalCode
from shared.domain.links import LinkStatus, Purpose, Space


class Refusal(Shown):
    """Why linking is not offered."""

    code: RefusalCode
    message: str


class ShownProblem(Shown):
    """What keeps a link from working, and what mends it."""

    code: ProblemCode
    message: str
    action: Action
    since: Absent[Instant] = None
    until: Absent[Instant] = None


class Account(Shown):
    """The Dropbox account, as its owner knows it."""

    name: str
    email: str


class ImportCounts(Shown):
    """Files that are not imported: `stuck` are those that have waited for over a day."""

    waiting: int
    stuck: int
    rejected: int
    """Those that nobody has dealt with: had tried again, dismissed, or taken away."""
    retryable: int
    """Of the rejected, those that another try can help."""
    to_check: int
    """Imported with the newest batch, and to be looked at by their user."""


class SyncCounts(Shown):
    """Documents on their way and at their end: `stuck` are those pending for over a day."""

    pending: int
    failed: int
    delivered_this_month: int
    stuck: int


class _AnyLink(Shown):
    status: LinkStatus | Literal["NOT_LINKED"]
    may_link: bool
    refusal: Absent[Refusal] = None
    account: Absent[Account] = None
    folder: Absent[str] = None
    """Where its owner finds it in Dropbox."""
    folder_url: Absent[str] = None
    """Where Dropbox's web site shows that folder, where that is certain."""
    linked_at: Absent[Instant] = None
    last_checked_at: Instant | None
    """When everything in Dropbox was last looked at; null where it never was."""
    is_paused: bool
    problem: Absent[ShownProblem] = None
    poll_after_seconds: int
    """How soon it is worth asking again."""
    counts_are_capped: Absent[Literal[True]] = None
    """There where one of the counts stopped at its limit: at least so many."""


class AutoImportLink(_AnyLink):
    """The caller's own link."""

    purpose: Literal[Purpose.AUTO_IMPORT]
    batch: Absent[Batch] = None
    counts: Absent[ImportCounts] = None


class SynchronisationLink(_AnyLink):
    """The link of the caller's company."""

    purpose: Literal[Purpose.SYNCHRONISATION]
    since: Absent[Instant] = None
    """From when on acceptances count."""
    counts: Absent[SyncCounts] = None
    oldest_pending_since: Absent[Instant] = None
    space: Absent[Space] = None
    """Where in the team's Dropbox the folder lies; there where the account leaves a choice."""
    backfill: Absent[Backfill] = None


AnyLink = AutoImportLink | SynchronisationLink


Link = Annotated[AnyLink, Field(discriminator="purpose")]


class ChooseSpace(Asked):
    """Where in a team's Dropbox what comes from now on is to lie."""

    space: Annotated[Space, Field(strict=False)]


class Links(Shown):
    """Auto-import always, synchronisation for administrators."""

    links: list[Link]
