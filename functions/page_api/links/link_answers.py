"""Words how a link stands as an answer of the API, in the user's language."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Literal, TypedDict

from functions.page_api.backfill.backfill_answers import backfill
from functions.page_api.imports.batch_answers import batch
from functions.page_api.links.show_links import ImportState, ShownLink, SyncState
from functions.page_api.schemas import links as schemas
from functions.page_api.schemas.batches import Batch
from functions.page_api.texts import sentence
from shared.domain.dropbox_web import folder_url
from shared.domain.folders import AUTO_IMPORT_FOLDER, SYNCHRONISATION_FOLDER
from shared.domain.imports import RejectedCount
from shared.domain.links import Link, LinkStatus, Purpose
from shared.domain.paging import Count
from shared.http.refusals import sentence as refusal_sentence
from shared.texts.app_folders import app_folder


def links(shown: tuple[ShownLink, ...], locale: str, app_name: str) -> schemas.Links:
    """All of the caller's."""
    return schemas.Links(links=[link(one, locale, app_name) for one in shown])


def link(shown: ShownLink, locale: str, app_name: str) -> schemas.AnyLink:
    """One of them; `app_name` is that of the Dropbox app of auto-import."""
    if shown.purpose is Purpose.AUTO_IMPORT:
        return _import_link(shown, locale, app_name)
    return _sync_link(shown, locale)


def _import_link(shown: ShownLink, locale: str, app_name: str) -> schemas.AutoImportLink:
    state = shown.imports
    return schemas.AutoImportLink(
        purpose=Purpose.AUTO_IMPORT,
        **_common(shown, locale, is_capped=state is not None and _is_capped(state.waiting, state.rejected)),
        folder=_auto_import_folder(shown.link, locale, app_name) if shown.link else None,
        batch=_batch(state) if state else None,
        counts=_import_counts(state) if state else None,
    )


def _sync_link(shown: ShownLink, locale: str) -> schemas.SynchronisationLink:
    state, row = shown.sync, shown.link
    return schemas.SynchronisationLink(
        purpose=Purpose.SYNCHRONISATION,
        **_common(shown, locale, is_capped=state is not None and _is_capped(*_counts(state))),
        folder=SYNCHRONISATION_FOLDER.strip("/") if row else None,
        folder_url=folder_url(row, SYNCHRONISATION_FOLDER) if row else None,
        since=row.sync_since if row else None,
        space=row.space if row and row.team_space_id else None,
        counts=_sync_counts(state) if state else None,
        oldest_pending_since=state.pending.oldest_since if state else None,
        backfill=backfill(row.backfill) if row and row.backfill else None,
    )


class _Common(TypedDict):
    status: LinkStatus | Literal["NOT_LINKED"]
    may_link: bool
    refusal: schemas.Refusal | None
    account: schemas.Account | None
    linked_at: datetime | None
    last_checked_at: datetime | None
    is_paused: bool
    problem: schemas.ShownProblem | None
    poll_after_seconds: int
    counts_are_capped: Literal[True] | None


def _common(shown: ShownLink, locale: str, *, is_capped: bool) -> _Common:
    row = shown.link
    return {
        "status": row.status if row else "NOT_LINKED",
        "may_link": shown.refusal is None,
        "refusal": _refusal(shown, locale),
        "account": _account(row) if row else None,
        "linked_at": row.linked_at if row else None,
        "last_checked_at": row.last_clean_listing if row else None,
        "is_paused": shown.is_paused,
        "problem": _problem(shown, locale),
        "poll_after_seconds": shown.poll_after_seconds,
        "counts_are_capped": True if is_capped else None,
    }


def _auto_import_folder(row: Link, locale: str, app_name: str) -> str:
    return app_folder(
        AUTO_IMPORT_FOLDER.strip("/"), app_name=app_name, account_locale=row.account_locale, locale=locale
    )


def _account(row: Link) -> schemas.Account | None:
    """None of a link that was ended, or whose user was forgotten: their names are gone."""
    if not row.account_name and not row.account_email:
        return None
    return schemas.Account(name=row.account_name, email=row.account_email)


def _refusal(shown: ShownLink, locale: str) -> schemas.Refusal | None:
    code = shown.refusal
    return schemas.Refusal(code=code, message=refusal_sentence(code, locale)) if code else None


def _problem(shown: ShownLink, locale: str) -> schemas.ShownProblem | None:
    problem = shown.problem
    if problem is None:
        return None
    return schemas.ShownProblem(
        code=problem.code,
        message=sentence(problem.code, locale),
        action=problem.action,
        since=problem.since,
        until=problem.until,
    )


def _batch(state: ImportState) -> Batch | None:
    if state.batch is None:
        return None
    counted, estimated = batch(state.batch), state.estimated
    if estimated is None:
        return counted
    seconds = estimated.said.seconds
    return counted.model_copy(
        update={
            "estimated_seconds_left": None if seconds is None else math.ceil(seconds),
            "not_estimated": estimated.said.reason,
            "progress": estimated.progress,
        }
    )


def _import_counts(state: ImportState) -> schemas.ImportCounts:
    return schemas.ImportCounts(
        waiting=state.waiting.number,
        stuck=state.stuck,
        rejected=state.rejected.number,
        retryable=state.rejected.retryable,
        to_check=(state.batch.to_check or 0) if state.batch else 0,
    )


def _sync_counts(state: SyncState) -> schemas.SyncCounts:
    return schemas.SyncCounts(
        pending=state.pending.count.number,
        failed=state.failed.number,
        delivered_this_month=state.delivered_this_month.number,
        stuck=state.pending.stuck,
    )


def _counts(state: SyncState) -> tuple[Count, ...]:
    return state.pending.count, state.failed, state.delivered_this_month


def _is_capped(*counts: Count | RejectedCount) -> bool:
    return any(count.is_capped for count in counts)
