"""How long a batch still takes is said from what its page has seen of it, and nothing is stored for that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.page_api.links.progress_seen import samples_in, to_progress
from shared.domain.batch_estimates import Sample
from shared.domain.imports import Outcome, ReadingNote
from shared.domain.links import Batch, new_batch_id
from tests.integration.page_api.conftest import NOW, PageApi
from tests.integration.page_api.test_drops_and_readings import own_batch

BATCH_ID = new_batch_id(NOW)
SAMPLES = tuple(Sample(NOW + timedelta(seconds=2 * number), 3 * number, number) for number in range(5))


def ask(api: PageApi, progress: str | None) -> Any:
    return api.get("/links", **({"progress": progress} if progress else {}))["links"][0]["batch"]


def watch(api: PageApi, files: int) -> Any:
    """Import a file a second, and be asked at each."""
    batch = ask(api, None)
    for _ in range(files):
        api.record(Outcome.DUPLICATE, batch_id=BATCH_ID, notified_at=NOW)
        batch = ask(api, batch["progress"])
    return batch


@pytest.fixture
def open_batch(api: PageApi) -> None:
    api.link(batch=Batch(BATCH_ID, 60, NOW, notified_at=NOW), last_clean_listing=NOW - timedelta(days=1))


@pytest.mark.usefixtures("open_batch")
def test_it_is_said_once_enough_was_seen(api: PageApi) -> None:
    first = ask(api, None)

    batch = watch(api, 20)

    assert (first["not_estimated"], "estimated_seconds_left" in first) == ("too_few", False)
    assert batch["estimated_seconds_left"] == pytest.approx(40, abs=3)
    assert "not_estimated" not in batch


@pytest.mark.usefixtures("open_batch")
def test_of_what_nobody_watched_the_pace_is_not_known(api: PageApi) -> None:
    for _ in range(20):
        api.record(Outcome.DUPLICATE, batch_id=BATCH_ID, notified_at=NOW)

    assert ask(api, None)["not_estimated"] == "pace_unknown"
    assert ask(api, "anything")["not_estimated"] == "pace_unknown"


@pytest.mark.usefixtures("open_batch")
def test_while_a_file_waits_nothing_is_said(api: PageApi) -> None:
    batch = watch(api, 12)
    api.wait_for(batch_id=BATCH_ID, since=NOW)

    waiting = ask(api, batch["progress"])

    assert (waiting["not_estimated"], "estimated_seconds_left" in waiting) == ("waiting", False)


def test_during_a_rate_limit_nothing_is_said(api: PageApi) -> None:
    link = api.link(
        batch=Batch(BATCH_ID, 60, NOW, notified_at=NOW), last_clean_listing=NOW - timedelta(days=1)
    )
    batch = watch(api, 12)
    api.links.update(link, not_before=api.clock() + timedelta(seconds=30))

    assert ask(api, batch["progress"])["not_estimated"] == "waiting"


def test_of_a_batch_that_is_over_nothing_is_said(api: PageApi) -> None:
    api.record(Outcome.IMPORTED, batch_id=BATCH_ID, reading=ReadingNote.READ)
    api.link(batch=Batch(BATCH_ID, 1, NOW, notified_at=NOW))

    assert not {"progress", "estimated_seconds_left", "not_estimated"} & set(own_batch(api))


def test_progress_comes_back_as_it_was_given() -> None:
    given = to_progress("alice", BATCH_ID, SAMPLES)

    assert samples_in("alice", BATCH_ID, given, NOW + timedelta(minutes=1)) == SAMPLES


def test_progress_of_anybody_or_anything_else_is_none() -> None:
    given = to_progress("alice", BATCH_ID, SAMPLES)
    later = NOW + timedelta(minutes=1)

    assert samples_in("bob", BATCH_ID, given, later) == ()
    assert samples_in("alice", f"{BATCH_ID}.2", given, later) == ()
    assert samples_in("alice", BATCH_ID, given, NOW) == ()
    assert samples_in("alice", BATCH_ID, given[:-4], later) == ()
    assert samples_in("alice", BATCH_ID, None, later) == ()
