"""Numbers in the documentation are those of the code: a constant that changes names the sentence that is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from functions.auto_import import batches, import_file
from functions.auto_import.inspection import worker
from functions.document_reading.job import read_expense
from functions.document_reading.pictures import ink, page_limits, pdf_pictures, pictures_to_send, previews
from functions.document_reading.worker import confined_reader
from functions.document_sync import reconcile, share_folders
from functions.oauth_callback import grant_notes, start_link
from functions.page_api import searching
from functions.page_api.imports import batch_counts
from functions.page_api.links import show_links
from functions.sweep import ring_due_links
from shared.aws.documents import preview_store
from shared.aws.stores import batch_counts as stored_counts
from shared.aws.stores import import_history, reader_leases
from shared.confinement.limits import MEBIBYTE
from shared.domain import deliveries, imports, links, money, reading_jobs, readings, revocations, tallies
from shared.domain import previews as shown
from shared.domain.sharing import MOST_PEOPLE, WORKED_ON_FOR
from shared.doorbells import backoff, drain_runner
from shared.dropbox_api import batch_sending
from shared.dropbox_api import sharing as sharing_calls
from shared.http import request_limits

DOCS = Path(__file__).parents[2] / "docs"
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DAY, YEAR = timedelta(days=1), timedelta(days=365)

# A page, a piece of a sentence of it, what the code has, and what the sentence says.
STATED: list[tuple[str, str, object, object]] = [
    ("security", "Ten seconds of a processor for a document", confined_reader.LIMITS.cpu_seconds, 10),
    ("security", "(forty where it is read by", confined_reader.LIMITS_WITH_OCR.cpu_seconds, 40),
    ("security", "frees its lease after 135 seconds", read_expense.LEASE, 135 * SECOND),
    ("security", "a clock that was wrong by more than ten minutes", reader_leases.CLOCKS_APART, 10 * MINUTE),
    ("security", "Amounts have 18 digits at most", money.MOST_DIGITS, 18),
    ("security", "a state that we made, once, within ten minutes", start_link.ATTEMPT_LASTS, 10 * MINUTE),
    ("security", "the caller's own id; five minutes;", preview_store.URL_SECONDS, 5 * 60),
    ("security", "start or confirm twenty links a minute", request_limits.LINKING.most, 20),
    ("security", "ask six hundred times", request_limits.ASKING.most, 600),
    ("security", "change something a hundred and twenty times", request_limits.CHANGING.most, 120),
    ("security", "twenty changes a minute, one of a folder", request_limits.SHARING.most, 20),
    ("security", "It takes three seconds of a processor at most", worker._SECONDS_OF_SEARCH, 3),
    ("sharing", "beyond the 200 people that the page shows", MOST_PEOPLE, 200),
    (
        "sharing",
        "until the person is found, up to 5,000",
        sharing_calls.PEOPLE_PER_PAGE * sharing_calls.MOST_PAGES_SEARCHED,
        5_000,
    ),
    ("sharing", "1 for each further 200 people", sharing_calls.PEOPLE_PER_PAGE, 200),
    ("sharing", "**A change is given up after a day**", WORKED_ON_FOR, DAY),
    ("sharing", "Four drains come back for it", share_folders.WATCHED_TRIES, 4),
    ("architecture", "PKCE verifier, who, 10 minutes", start_link.ATTEMPT_LASTS, 10 * MINUTE),
    ("architecture", "(30 seconds, doubling to six hours)", backoff.FIRST_DELAY, 30 * SECOND),
    ("architecture", "(30 seconds, doubling to six hours)", backoff.LONGEST_DELAY, 6 * HOUR),
    # The first answer to a doorbell is not noted: of three deaths two are counted.
    ("architecture", "After three, the drain opens one file", drain_runner.DEATHS_BEFORE_CARE, 2),
    ("architecture", "a file two drains died of is rejected", import_file.MOST_DEATHS, 2),
    ("architecture", "after linking and again five minutes later", reconcile.SECOND_LOOK_AFTER, 5 * MINUTE),
    ("architecture", "and daily with two days' overlap", reconcile.OVERLAP, 2 * DAY),
    ("architecture", "par sixteen buckets", links.SWEEP_BUCKETS, 16),
    ("architecture", "daily for thirty days when the token is dead", links.RECONNECT_TRIED_FOR, 30 * DAY),
    ("architecture", "at most 96 a second are rung for", ring_due_links.MOST_A_SECOND, 96),
    ("architecture", "or after a week of trying", revocations.TRIED_FOR, 7 * DAY),
    (
        "architecture",
        "is noted as to be revoked, two minutes later",
        grant_notes.REVOKED_UNLESS_LINKED_WITHIN,
        2 * MINUTE,
    ),
    ("architecture", "other counts stop at a thousand and say so", show_links.MOST_COUNTED, 1_000),
    ("architecture", "a filtered page looks at a thousand rows", import_history.MOST_LOOKED_AT, 1_000),
    ("architecture", "Four shards", stored_counts.SHARDS, 4),
    ("architecture", "exact for the first 32 of a batch", stored_counts._EXACT, 32),
    ("architecture", "later ones within spans of half a minute", stored_counts._NARROWEST, MINUTE / 2),
    ("architecture", "the records are counted themselves, up to 20,000", import_history.MOST_TALLIED, 20_000),
    ("architecture", "a batch is what came within ten minutes", batches.QUIET_MINUTES, 10 * MINUTE),
    ("architecture", "are more than half a minute apart are two", tallies.DROPPED_APART, MINUTE / 2),
    ("architecture", "of those that were, up to a hundred", batch_counts.MOST_LOOKED_THROUGH, 100),
    ("architecture", "six hundred rows a request", searching.MOST_LOOKED_AT, 600),
    (
        "architecture",
        "ten minutes later the next sweep rings",
        reading_jobs.PATIENCE_WITH_THE_FIRST_DOORBELL,
        10 * MINUTE,
    ),
    ("architecture", "A note left behind is a death: after two", read_expense.MOST_DEATHS, 2),
    ("architecture", "small JPEGs of up to three pages", shown.MOST_PAGES, 3),
    ("architecture", "`page_api` signs URLs for five minutes", preview_store.URL_SECONDS, 5 * 60),
    ("architecture", "with sixteen failures in a row", batch_sending.MOST_FAILURES_IN_A_ROW, 16),
    ("architecture", "what was delivered after ten years", deliveries.KEPT_FOR, 10 * YEAR),
    ("architecture", "what was imported after two (", imports.KEPT_FOR, 2 * YEAR),
    ("reading", "by four shades of 255", ink._FAINTEST, 4),
    ("reading", "along the outer 1.5 %", ink._EDGE, 0.015),
    ("reading", "more than 50 drawn things", pdf_pictures._MOST_OBJECTS_OF_BLANK, 50),
    ("reading", "that four seconds do not suffice for", pictures_to_send._MOST_SECONDS, 4),
    ("reading", "of more than 25 MB is sent", page_limits.MOST_BYTES_HANDED_OVER, 25 * MEBIBYTE),
    ("reading", "more than five times as long as wide", page_limits.PageLimits().slender, 5),
    ("reading", "or of more than ten.", readings.MOST_PARTS, 10),
    ("reading", "JPEGs of about 0.7 megapixels", previews._PIXELS, 700_000),
    ("reading", "up to 300 kB each and three to a document", previews.MOST_BYTES_OF_A_PAGE, 300_000),
    ("ocr", "300 dpi, 3,600 pixels at most", page_limits.PageLimits().longest_side, 3_600),
    ("ocr", "Three pages at most are read by OCR", page_limits.PageLimits().pictures, 3),
]


@pytest.mark.parametrize(("page", "sentence", "actual", "stated"), STATED)
def test_a_number_in_the_documentation_is_that_of_the_code(
    page: str, sentence: str, actual: object, stated: object
) -> None:
    text = " ".join((DOCS / f"{page}.md").read_text().split())

    assert sentence in text, f"docs/{page}.md says it in other words: change them here, too"
    assert actual == stated, f"docs/{page}.md: {sentence}"
