"""Documents' bytes reach Dropbox in few calls, whatever goes wrong, and never more of them than memory allows."""

from __future__ import annotations

import hashlib
import threading
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from dropbox import files

from shared.domain.cloud_uploads import OutgoingDocument, SendReport
from shared.domain.errors import (
    AwsUnavailable,
    CallNotUnderstood,
    DocumentCorrupted,
    DropboxRefused,
    DropboxUnavailable,
    LinkRevoked,
    RateLimited,
)
from shared.domain.links import LinkProblem
from shared.dropbox_api.batch_refusal import FORGOTTEN_AFTER_SECONDS, BatchRefusal
from shared.dropbox_api.batch_sending import MOST_FAILURES_IN_A_ROW, BatchSending, UploadLimits, in_groups
from shared.dropbox_api.errors import TRIES
from shared.dropbox_api.single_upload import SingleUpload
from shared.dropbox_api.upload_session_calls import (
    CONNECT_SECONDS,
    SLOWEST_BYTES_PER_SECOND,
    UploadSessionCalls,
)
from testing.fakes.upload_client import (
    APPEND,
    APPEND_BATCH,
    START,
    START_BATCH,
    as_usual,
    content_hash,
    down,
    failing,
    limited,
    lost,
    refused,
    too_late,
)
from tests.unit.uploads.conftest import LIMITS, Uploading, contents, document, documents

MEBIBYTE = 1024 * 1024


def assert_all_arrived(uploading: Uploading, report: SendReport, outgoing: list[OutgoingDocument]) -> None:
    assert (report.failed, report.stopped_by) == ({}, None)
    for number, each in enumerate(outgoing):
        data = contents(number, each.size)
        assert uploading.session_of(report, each.key) == data
        assert report.sent[each.key].content_hash == content_hash(data)
        assert report.sent[each.key].size == each.size


def test_many_documents_share_a_few_calls(uploading: Uploading) -> None:
    outgoing = documents(*[10] * 8)

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)
    assert sorted(uploading.client.calls) == [APPEND_BATCH, APPEND_BATCH, START_BATCH]


def test_no_document_is_no_call(uploading: Uploading) -> None:
    report = uploading.send([])

    assert (report.sent, report.failed, uploading.client.calls) == ({}, {}, [])


def test_one_document_takes_one_call(uploading: Uploading) -> None:
    outgoing = documents(10)

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)
    assert uploading.client.calls == [START]


def test_sessions_are_begun_as_many_at_once_as_dropbox_allows(uploading: Uploading) -> None:
    outgoing = documents(*[1] * 20)

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)
    assert uploading.client.count(START_BATCH) == 3
    assert len(uploading.client.sessions) == 20


def test_an_empty_document_is_sent_like_any_other(uploading: Uploading) -> None:
    outgoing = documents(0, 0, 5)

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)


@pytest.mark.parametrize("size", [100, 101, 200, 250, 300])
def test_a_large_document_goes_in_chunks_and_the_last_one_closes(uploading: Uploading, size: int) -> None:
    outgoing = documents(size)

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)
    assert uploading.client.calls == [START, *[APPEND] * ((size - 1) // 100)]
    assert max(uploading.client.body_sizes) <= 100


def test_large_and_small_documents_are_sent_together(uploading: Uploading) -> None:
    outgoing = documents(250, 1, 99, 100, 3, 0, 60)

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)


def test_groups_keep_to_both_limits() -> None:
    outgoing = documents(*range(0, 120, 3))

    groups = in_groups(outgoing, LIMITS)

    assert sorted(each.key for group in groups for each in group) == sorted(each.key for each in outgoing)
    assert all(len(group) <= 4 for group in groups)
    assert all(sum(each.size for each in group) <= 100 for group in groups if len(group) > 1)


def test_what_fits_one_body_is_spread_over_idle_connections_where_it_is_worth_it() -> None:
    limits = UploadLimits()

    groups = in_groups([outgoing_zeros(str(number), MEBIBYTE) for number in range(30)], limits)

    assert sorted(len(group) for group in groups) == [10, 10, 10]


# What goes wrong with one document


def test_a_document_that_cannot_be_read_leaves_the_others_whole(uploading: Uploading) -> None:
    outgoing = documents(10, 11, 12, 13)
    outgoing[1] = document("d1", contents(1, 11), fails=AwsUnavailable("NoSuchKey"))

    report = uploading.send(outgoing)

    assert set(report.sent) == {"d0", "d2", "d3"}
    assert all(uploading.session_of(report, f"d{n}") == contents(n, 10 + n) for n in (0, 2, 3))
    assert isinstance(report.failed["d1"], AwsUnavailable)


@pytest.mark.parametrize("gives", [b"", b"0123456789ab", b"0123456789abcdefg", b"0123456789abcdex"])
@pytest.mark.parametrize("beside", [0, 3])
def test_bytes_that_are_not_the_documents_are_never_sent_as_it(
    uploading: Uploading, gives: bytes, beside: int
) -> None:
    outgoing = [*documents(*[16] * beside), document("bad", b"0123456789abcdef", gives=gives)]

    report = uploading.send(outgoing)

    assert isinstance(report.failed["bad"], DocumentCorrupted)
    assert len(report.sent) == beside == len(uploading.client.closed)


def test_a_document_shorter_than_it_is_said_to_be_is_not_sent(uploading: Uploading) -> None:
    too_long = replace(document("bad", b"0123456789"), size=16)

    report = uploading.send([*documents(10, 11), too_long])

    assert isinstance(report.failed["bad"], DocumentCorrupted)
    assert set(report.sent) == {"d0", "d1"}


def test_a_large_document_that_turns_out_altered_is_never_closed(uploading: Uploading) -> None:
    data = contents(0, 250)

    report = uploading.send([document("bad", data, gives=data[:-1] + b"?")])

    assert isinstance(report.failed["bad"], DocumentCorrupted)
    assert uploading.client.closed == set()


def test_no_call_is_made_for_a_group_of_which_nothing_can_be_read(uploading: Uploading) -> None:
    outgoing = [document(key, b"right", gives=b"wrong") for key in "abc"]

    report = uploading.send(outgoing)

    assert set(report.failed) == {"a", "b", "c"}
    assert uploading.client.calls == []


# Lost answers, and sessions that have lost their place


@pytest.mark.parametrize("route", [START_BATCH, APPEND_BATCH])
def test_a_lost_answer_to_a_group_is_no_loss(uploading: Uploading, route: str) -> None:
    outgoing = documents(10, 11, 12)
    uploading.client.script[route] += [lost, lost]

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)


@pytest.mark.parametrize("route", [START, APPEND])
def test_a_lost_answer_to_a_chunk_is_no_loss_and_nothing_is_read_again(
    uploading: Uploading, route: str
) -> None:
    [large] = outgoing = documents(350)
    openings = []
    counted = replace(large, read=lambda: openings.append(1) or large.read())
    uploading.client.script[route] += [lost, lost]

    report = uploading.send([counted])

    assert_all_arrived(uploading, report, outgoing)
    assert len(openings) == 1


def test_a_lost_answer_to_the_closing_chunk_is_no_loss(uploading: Uploading) -> None:
    outgoing = documents(250)
    uploading.client.script[APPEND] += [as_usual, lost]

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)


@pytest.mark.parametrize("kept", [0, 1, 9])
def test_a_session_that_lost_bytes_of_a_group_is_given_the_rest(uploading: Uploading, kept: int) -> None:
    outgoing = documents(10, 11, 12)

    def forget(do: Callable[[], Any]) -> Any:
        do()
        del uploading.client.sessions["session0"][kept:]
        uploading.client.closed.discard("session0")
        return batch_answer(incorrect_offset(kept), None, None)

    uploading.client.script[APPEND_BATCH].append(forget)

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)
    assert uploading.client.count(APPEND) == 1


def test_a_chunked_document_goes_on_where_dropbox_lost_its_place(uploading: Uploading) -> None:
    outgoing = documents(350)

    def forget(do: Callable[[], Any]) -> Any:
        del uploading.client.sessions["session0"][30:]
        return do()

    uploading.client.script[APPEND] += [as_usual, forget]

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)
    assert uploading.client.body_sizes == [100, 100, 100, 70, 100, 100, 50]


def test_a_session_that_loses_its_place_again_and_again_fails_its_document_for_now(
    uploading: Uploading,
) -> None:
    uploading.client.script[APPEND] += [failing(append_error(50))] * 20

    report = uploading.send(documents(250))

    assert isinstance(report.failed["d0"], DropboxUnavailable)
    assert uploading.client.count(APPEND) < 10


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (files.UploadSessionAppendBatchEntryError.not_found, DropboxUnavailable),
        (files.UploadSessionAppendBatchEntryError.too_large, DropboxRefused),
        (files.UploadSessionAppendBatchEntryError.other, DropboxRefused),
        (None, DropboxUnavailable),
    ],
)
def test_a_session_that_is_refused_fails_its_document_alone(
    uploading: Uploading, refusal: Any, error: type[Exception]
) -> None:
    beyond_the_end = refusal or incorrect_offset(99)
    uploading.client.script[APPEND_BATCH].append(lambda _: batch_answer(None, beyond_the_end, None))

    report = uploading.send(documents(10, 11, 12))

    assert set(report.sent) == {"d0", "d2"}
    assert isinstance(report.failed["d1"], error)


def test_a_session_that_is_gone_fails_its_large_document_for_now(uploading: Uploading) -> None:
    uploading.client.script[APPEND].append(failing(files.UploadSessionAppendError.not_found))

    report = uploading.send(documents(250))

    assert isinstance(report.failed["d0"], DropboxUnavailable)


# Calls that fail as a whole


@pytest.mark.parametrize("status", [400, 404, 405, 413, 414, 431, 501])
@pytest.mark.parametrize("route", [START_BATCH, APPEND_BATCH])
def test_where_groups_are_refused_each_document_goes_alone(
    uploading: Uploading, route: str, status: int
) -> None:
    outgoing = documents(10, 11, 12)
    uploading.client.script[route] += [refused(status)] * 3

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)
    assert (uploading.client.count(route), uploading.client.count(START)) == (1, 3)


def test_that_groups_are_refused_is_remembered(uploading: Uploading) -> None:
    uploading.client.script[APPEND_BATCH].append(refused(413))
    uploading.send(documents(10, 11, 12))
    uploading.client.calls.clear()

    report = uploading.send(documents(10, 11, 12))

    assert_all_arrived(uploading, report, documents(10, 11, 12))
    assert uploading.client.calls == [START] * 3


def test_after_an_hour_groups_are_tried_again(uploading: Uploading) -> None:
    uploading.client.script[APPEND_BATCH].append(refused(400))
    uploading.send(documents(10, 11, 12))
    uploading.client.calls.clear()
    uploading.seconds += FORGOTTEN_AFTER_SECONDS

    report = uploading.send(documents(10, 11, 12))

    assert_all_arrived(uploading, report, documents(10, 11, 12))
    assert uploading.client.calls == [START_BATCH, APPEND_BATCH]


def test_no_400_ends_a_document(uploading: Uploading) -> None:
    uploading.client.script[START] += [refused(400)] * 100

    report = uploading.send(documents(10))

    assert isinstance(report.failed["d0"], CallNotUnderstood)
    assert uploading.client.calls == [START]


def test_a_group_answered_in_another_length_is_an_outage_and_not_sent_again_at_once(
    uploading: Uploading,
) -> None:
    uploading.client.script[APPEND_BATCH].append(lambda _do: {"entries": []})

    report = uploading.send(documents(10, 11, 12))

    assert {type(error) for error in report.failed.values()} == {DropboxUnavailable}
    assert uploading.client.count(APPEND_BATCH) == 1


@pytest.mark.parametrize("result", [{".tag": "unheard_of"}, {}, None])
def test_a_result_that_cannot_be_read_spoils_only_its_own_document(
    uploading: Uploading, result: object
) -> None:
    uploading.client.script[APPEND_BATCH].append(
        lambda _do: {"entries": [{".tag": "success"}, result, {".tag": "success"}]}
    )

    report = uploading.send(documents(10, 11, 12))

    assert (len(report.sent), {type(error) for error in report.failed.values()}) == (2, {DropboxUnavailable})


def test_an_other_spoils_only_its_own_document(uploading: Uploading) -> None:
    other = {".tag": "failure", "failure": {".tag": "other"}}
    uploading.client.script[APPEND_BATCH].append(
        lambda _do: {"entries": [{".tag": "success"}, other, {".tag": "success"}]}
    )

    report = uploading.send(documents(10, 11, 12))

    assert (len(report.sent), [str(error) for error in report.failed.values()]) == (2, ["other"])


def test_a_body_altered_on_the_way_is_sent_again(uploading: Uploading) -> None:
    outgoing = documents(10, 11, 12)
    uploading.client.script[APPEND_BATCH].append(
        failing(files.UploadSessionAppendBatchError.content_hash_mismatch)
    )

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)
    assert uploading.client.calls == [START_BATCH, APPEND_BATCH, APPEND_BATCH]


@pytest.mark.parametrize("route", [START_BATCH, APPEND_BATCH])
def test_an_outage_of_a_moment_is_waited_out(uploading: Uploading, route: str) -> None:
    outgoing = documents(10, 11, 12)
    uploading.client.script[route] += [down] * (TRIES - 1)

    report = uploading.send(outgoing)

    assert_all_arrived(uploading, report, outgoing)
    assert len(uploading.slept) == TRIES - 1


def test_an_answer_that_takes_too_long_is_not_waited_for_again(uploading: Uploading) -> None:
    uploading.client.script[APPEND_BATCH].append(too_late)

    report = uploading.send(documents(10, 11, 12))

    assert all(isinstance(error, DropboxUnavailable) for error in report.failed.values())
    assert (len(report.failed), uploading.client.count(APPEND_BATCH)) == (3, 1)


def test_a_group_that_stays_unanswered_fails_for_now_and_hides_no_other(uploading: Uploading) -> None:
    uploading.client.script[APPEND_BATCH] += [down] * TRIES
    uploading = with_one_sender(uploading)

    report = uploading.send(documents(*[10] * 8))

    assert (len(report.sent), len(report.failed), report.stopped_by) == (4, 4, None)
    assert all(isinstance(error, DropboxUnavailable) for error in report.failed.values())


def test_an_outage_that_lasts_stops_the_sending(uploading: Uploading) -> None:
    uploading.client.script[APPEND_BATCH] += [down] * 10_000
    uploading = with_one_sender(uploading)

    report = uploading.send(documents(*[10] * 400))

    assert isinstance(report.stopped_by, DropboxUnavailable)
    assert len(report.failed) == 4 * MOST_FAILURES_IN_A_ROW
    assert uploading.client.count(APPEND_BATCH) == TRIES * MOST_FAILURES_IN_A_ROW


def test_many_outages_with_documents_sent_in_between_stop_nothing(uploading: Uploading) -> None:
    uploading.client.script[APPEND_BATCH] += [*[down] * TRIES, as_usual] * 2 * MOST_FAILURES_IN_A_ROW
    uploading = with_one_sender(uploading)

    report = uploading.send(documents(*[10] * 4 * 4 * MOST_FAILURES_IN_A_ROW))

    assert report.stopped_by is None
    assert len(report.failed) == len(report.sent) == 8 * MOST_FAILURES_IN_A_ROW


def test_fewer_sessions_than_asked_for_is_no_answer_of_dropboxs(uploading: Uploading) -> None:
    fewer = files.UploadSessionStartBatchResult(session_ids=["session"])
    uploading.client.script[START_BATCH].append(lambda _: fewer)

    report = uploading.send(documents(10, 10, 10))

    assert all(isinstance(error, DropboxUnavailable) for error in report.failed.values())
    assert len(report.failed) == 3


@pytest.mark.parametrize("route", [START_BATCH, APPEND_BATCH])
def test_a_rate_limit_stops_everything_and_fails_nothing(uploading: Uploading, route: str) -> None:
    uploading.client.script[route].append(limited)
    uploading = with_one_sender(uploading)

    report = uploading.send(documents(*[10] * 40))

    assert isinstance(report.stopped_by, RateLimited)
    assert report.stopped_by.retry_after == 7
    assert (report.sent, report.failed) == ({}, {})
    assert uploading.client.count(route) == 1


def test_a_rate_limit_keeps_what_was_sent_before_it(uploading: Uploading) -> None:
    uploading.client.script[APPEND_BATCH] += [as_usual, limited]
    uploading = with_one_sender(uploading)

    report = uploading.send(documents(*[10] * 40))

    assert (len(report.sent), report.failed) == (4, {})
    assert isinstance(report.stopped_by, RateLimited)


def test_a_large_document_ends_between_its_chunks_where_there_is_to_be_no_other_call(
    uploading: Uploading,
) -> None:
    def ensure_going() -> None:
        if uploading.client.calls:
            raise RateLimited(7)

    calls = UploadSessionCalls(uploading.client, uploading.slept.append)

    with pytest.raises(RateLimited):
        SingleUpload(calls, document("large", contents(0, 300)), 100, ensure_going).send()

    assert uploading.client.calls == [START]


def test_a_revoked_link_stops_everything(uploading: Uploading) -> None:
    def revoked(_do: Callable[[], Any]) -> Any:
        raise LinkRevoked(LinkProblem.TOKEN_REVOKED)

    uploading.client.script[START].append(revoked)

    report = uploading.send(documents(10))

    assert isinstance(report.stopped_by, LinkRevoked)
    assert report.failed == {}


def test_nothing_is_begun_once_time_is_short(uploading: Uploading) -> None:
    uploading = with_one_sender(uploading)

    report = uploading.send(documents(*[10] * 40), has_time=lambda: len(uploading.client.closed) < 8)

    assert (len(report.sent), report.failed, report.stopped_by) == (8, {}, None)


def test_a_mistake_of_ours_ends_the_sending_at_once(uploading: Uploading) -> None:
    bug = document("bug", bytes(50), fails=ZeroDivisionError())
    uploading = with_one_sender(uploading)

    with pytest.raises(ZeroDivisionError):
        uploading.send([bug, *documents(*[10] * 40)])

    assert uploading.client.calls == []


@pytest.mark.parametrize(
    ("steps", "error"),
    [([limited], RateLimited), ([down] * TRIES * MOST_FAILURES_IN_A_ROW, DropboxUnavailable)],
)
def test_what_stops_the_others_ends_a_large_document_between_its_chunks(
    steps: list[Any], error: type[Exception]
) -> None:
    uploading = Uploading(limits=UploadLimits(body_bytes=100, senders=2))
    uploading.client.script[APPEND_BATCH] += steps
    data = contents(0, 300)

    @contextmanager
    def read() -> Iterator[Iterable[bytes]]:
        yield pieces()

    def pieces() -> Iterator[bytes]:
        yield data[:101]
        assert sending._stop.wait(5)
        yield data[101:]

    large = OutgoingDocument("large", 300, hashlib.sha256(data).hexdigest(), read)
    small = [document(f"{number}", bytes(50)) for number in range(2 * MOST_FAILURES_IN_A_ROW)]
    calls = UploadSessionCalls(uploading.client, uploading.slept.append)
    refusal = BatchRefusal(uploading.monotonic)
    sending = BatchSending(calls, [large, *small], uploading.limits, refusal, lambda: True)

    report = sending.send()

    assert isinstance(report.stopped_by, error)
    assert "large" not in report.sent
    assert "large" not in report.failed
    assert (uploading.client.count(START), uploading.client.count(APPEND)) == (1, 0)


# Bounds


def test_no_more_calls_are_under_way_at_once_than_there_are_senders() -> None:
    uploading = Uploading(limits=UploadLimits(entries=2, most_senders=3))
    everybody = threading.Barrier(3)

    def meet(do: Callable[[], Any]) -> Any:
        everybody.wait(5)
        return do()

    uploading.client.script[APPEND_BATCH] += [meet] * 6

    report = uploading.send(documents(*[5] * 12))

    assert len(report.sent) == 12
    assert uploading.client.most_at_once[APPEND_BATCH] == 3


def test_where_bodies_are_small_more_of_them_are_under_way() -> None:
    uploading = Uploading(limits=UploadLimits(entries=2, senders=3, most_senders=6))
    everybody = threading.Barrier(6)

    def meet(do: Callable[[], Any]) -> Any:
        everybody.wait(5)
        return do()

    uploading.client.script[APPEND_BATCH] += [meet] * 6

    report = uploading.send(documents(*[5] * 12))

    assert len(report.sent) == 12


@pytest.mark.parametrize("size", [MEBIBYTE // 4, MEBIBYTE, 15 * MEBIBYTE])
def test_memory_is_bounded_whatever_the_sizes(size: int) -> None:
    limits = UploadLimits(body_bytes=2 * MEBIBYTE)
    uploading = Uploading(limits=limits)
    uploading.client.keeps_bytes = False
    outgoing = [outgoing_zeros(str(number), size) for number in range(60 * MEBIBYTE // size)]

    report, peak = memory_of(lambda: uploading.send(outgoing))

    assert len(report.sent) == len(outgoing)
    assert sum(uploading.client.body_sizes) == 60 * MEBIBYTE
    assert peak < limits.senders * limits.body_bytes * 1.25 + MEBIBYTE


def test_a_second_sending_waits_for_the_memory_of_the_first(uploading: Uploading) -> None:
    others = documents(5)
    second = threading.Thread(target=lambda: uploading.send(others))
    has_begun = threading.Event()
    begun_meanwhile: list[bool] = []

    def hold(do: Callable[[], Any]) -> Any:
        second.start()
        begun_meanwhile.append(has_begun.wait(0.2))
        return do()

    def begin(do: Callable[[], Any]) -> Any:
        has_begun.set()
        return do()

    uploading.client.script[START] += [hold, begin]
    uploading.send(documents(7))
    second.join()

    assert begun_meanwhile == [False]
    assert has_begun.is_set()


def test_a_session_taken_up_again_takes_no_memory_beside_the_body_it_came_from() -> None:
    uploading = Uploading(limits=UploadLimits(body_bytes=8 * MEBIBYTE))
    uploading.client.keeps_bytes = False
    uploading.client.script[APPEND_BATCH].append(lambda _: batch_answer(None, None, incorrect_offset(0)))
    outgoing = [outgoing_zeros(key, size * MEBIBYTE) for key, size in [("a", 1), ("b", 1), ("c", 5)]]

    report, peak = memory_of(lambda: uploading.send(outgoing))

    assert set(report.sent) == {"a", "b", "c"}
    assert peak < 8 * MEBIBYTE


def test_a_large_body_is_given_the_time_it_takes_to_send(uploading: Uploading) -> None:
    uploading = Uploading(limits=UploadLimits(body_bytes=4 * MEBIBYTE))
    uploading.client.keeps_bytes = False

    uploading.send([outgoing_zeros("large", 4 * MEBIBYTE)])

    [(to_send, _)] = uploading.client.timeouts
    assert to_send == CONNECT_SECONDS + 4 * MEBIBYTE / SLOWEST_BYTES_PER_SECOND


def with_one_sender(uploading: Uploading) -> Uploading:
    limits = UploadLimits(LIMITS.sessions, LIMITS.entries, LIMITS.body_bytes, senders=1)
    return Uploading(uploading.client, uploading.slept, limits)


def memory_of(send: Callable[[], SendReport]) -> tuple[SendReport, int]:
    """What was sent, and the most bytes that were in use meanwhile."""
    tracemalloc.start()
    try:
        return send(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def outgoing_zeros(key: str, size: int) -> OutgoingDocument:
    piece = bytes(min(size, MEBIBYTE // 4))
    sha256 = hashlib.sha256()

    @contextmanager
    def read() -> Iterator[Iterable[bytes]]:
        yield (piece for _ in range(size // len(piece)))

    for _ in range(size // len(piece)):
        sha256.update(piece)
    return OutgoingDocument(key, size, sha256.hexdigest(), read)


def incorrect_offset(offset: int) -> files.UploadSessionAppendBatchEntryError:
    error = files.UploadSessionOffsetError(correct_offset=offset)
    return files.UploadSessionAppendBatchEntryError.incorrect_offset(error)


def append_error(offset: int) -> files.UploadSessionAppendError:
    error = files.UploadSessionOffsetError(correct_offset=offset)
    return files.UploadSessionAppendError.incorrect_offset(error)


def batch_answer(*refusals: Any) -> files.UploadSessionAppendBatchResult:
    entry = files.UploadSessionAppendBatchResultEntry
    return files.UploadSessionAppendBatchResult(
        entries=[entry.success if refusal is None else entry.failure(refusal) for refusal in refusals]
    )
