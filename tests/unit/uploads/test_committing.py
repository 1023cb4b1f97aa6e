"""Sent documents become files, each once and none in another's place, whatever goes wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from dropbox import files

from local.dropbox_emulator.core import stone_json
from shared.domain.cloud_uploads import Commit
from shared.domain.errors import (
    CallNotUnderstood,
    DocumentCorrupted,
    DropboxRefused,
    DropboxUnavailable,
    PathConflict,
    QuotaFull,
    RateLimited,
)
from shared.dropbox_api.batch_sending import UploadLimits
from shared.dropbox_api.errors import TRIES
from shared.dropbox_api.upload_sessions import COMMIT_TRIES, MOST_REFUSALS
from testing.fakes.upload_client import (
    APPEND,
    FIND,
    FINISH_BATCH,
    UPLOAD,
    Step,
    as_usual,
    down,
    failing,
    limited,
    lost,
    refused,
    too_late,
)
from tests.unit.uploads.conftest import Uploading, contents, document, documents

CONTENDED = files.UploadSessionFinishError.too_many_write_operations
LOOKUP = files.UploadSessionFinishError.lookup_failed
PATH = files.UploadSessionFinishError.path


def assert_all_are_files(uploading: Uploading, sizes: list[int]) -> None:
    expected = {f"/d{number}": contents(number, size) for number, size in enumerate(sizes)}
    assert uploading.client.files == expected


def test_a_thousand_documents_are_committed_in_one_call(uploading: Uploading) -> None:
    report = uploading.commit(uploading.send(documents(10, 11, 12)))

    assert (report.failed, report.stopped_by) == ({}, None)
    assert set(report.committed) == {"d0", "d1", "d2"}
    assert report.committed["d1"].file.path == "/d1"
    assert uploading.client.count(FINISH_BATCH) == 1
    assert_all_are_files(uploading, [10, 11, 12])


def test_more_than_a_call_holds_is_committed_in_several(uploading: Uploading) -> None:
    report = uploading.commit(uploading.send(documents(*[1] * 20)))

    assert len(report.committed) == 20
    assert uploading.client.count(FINISH_BATCH) == 3


def test_nothing_to_commit_is_no_call(uploading: Uploading) -> None:
    report = uploading.uploads.commit([])

    assert (report.committed, report.failed, uploading.client.calls) == ({}, {}, [])


def test_identical_bytes_at_the_path_are_success(uploading: Uploading) -> None:
    first = uploading.commit(uploading.send(documents(10)))

    again = uploading.commit(uploading.send(documents(10)))

    assert again.committed == first.committed
    assert_all_are_files(uploading, [10])


def test_after_a_conflict_the_same_session_is_committed_elsewhere(uploading: Uploading) -> None:
    uploading.client.files["/d1"] = b"somebody else's"
    sent = uploading.send(documents(10, 11, 12))

    report = uploading.commit(sent)
    elsewhere = uploading.uploads.commit([Commit(sent.sent["d1"], "/d1 (longer)")])

    assert set(report.committed) == {"d0", "d2"}
    assert isinstance(report.failed["d1"], PathConflict)
    assert set(elsewhere.committed) == {"d1"}
    assert uploading.client.files["/d1"] == b"somebody else's"
    assert uploading.client.files["/d1 (longer)"] == contents(1, 11)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (PATH(files.WriteError.insufficient_space), QuotaFull),
        (PATH(files.WriteError.malformed_path(None)), DropboxRefused),
        (PATH(files.WriteError.disallowed_name), DropboxRefused),
        (PATH(files.WriteError.no_write_permission), DropboxRefused),
        (PATH(files.WriteError.conflict(files.WriteConflictError.folder)), PathConflict),
        (PATH(files.WriteError.conflict(files.WriteConflictError.file_ancestor)), PathConflict),
        (LOOKUP(files.UploadSessionLookupError.not_found), DropboxUnavailable),
        (LOOKUP(files.UploadSessionLookupError.closed), DropboxUnavailable),
        (
            LOOKUP(
                files.UploadSessionLookupError.incorrect_offset(
                    files.UploadSessionOffsetError(correct_offset=3)
                )
            ),
            DropboxUnavailable,
        ),
        (LOOKUP(files.UploadSessionLookupError.too_large), DropboxRefused),
        (files.UploadSessionFinishError.other, DropboxRefused),
    ],
)
def test_an_entry_that_fails_fails_alone_and_in_its_own_way(
    uploading: Uploading, answer: Any, error: type[Exception]
) -> None:
    uploading.client.committing["/d1"].append(answer)

    report = uploading.commit(uploading.send(documents(10, 11, 12)))

    assert set(report.committed) == {"d0", "d2"}
    assert type(report.failed["d1"]) is error
    assert report.stopped_by is None


def test_a_session_found_open_is_closed_and_committed(uploading: Uploading) -> None:
    sent = uploading.send(documents(10, 11, 12))
    uploading.client.closed.discard(sent.sent["d1"].session_id)

    report = uploading.commit(sent)

    assert (len(report.committed), report.failed) == (3, {})
    assert uploading.client.count(APPEND) == 1
    assert_all_are_files(uploading, [10, 11, 12])


def test_an_open_session_that_cannot_be_closed_fails_its_document_for_now(uploading: Uploading) -> None:
    sent = uploading.send(documents(10, 11, 12))
    uploading.client.committing["/d1"].append(LOOKUP(files.UploadSessionLookupError.not_closed))
    uploading.client.script[APPEND].append(failing(files.UploadSessionAppendError.not_found))

    report = uploading.commit(sent)

    assert set(report.committed) == {"d0", "d2"}
    assert isinstance(report.failed["d1"], DropboxUnavailable)


def test_a_file_with_other_bytes_than_were_sent_is_corrupted(uploading: Uploading) -> None:
    sent = uploading.send(documents(10))
    uploading.client.sessions[sent.sent["d0"].session_id][:1] = b"?"

    report = uploading.commit(sent)

    assert isinstance(report.failed["d0"], DocumentCorrupted)


# Contention


def test_entries_that_meet_other_writes_are_tried_again_alone(uploading: Uploading) -> None:
    uploading.client.committing["/d1"] += [CONTENDED, PATH(files.WriteError.too_many_write_operations)]

    report = uploading.commit(uploading.send(documents(10, 11, 12)))

    assert (len(report.committed), report.failed) == (3, {})
    assert uploading.client.count(FINISH_BATCH) == 3
    assert len(uploading.slept) == 2
    assert_all_are_files(uploading, [10, 11, 12])


def test_contention_that_does_not_end_is_a_rate_limit_and_nobodys_failure(uploading: Uploading) -> None:
    uploading.client.committing["/d1"] += [CONTENDED] * 100

    report = uploading.commit(uploading.send(documents(10, 11, 12)))

    assert set(report.committed) == {"d0", "d2"}
    assert report.failed == {}
    assert isinstance(report.stopped_by, RateLimited)
    assert uploading.client.count(FINISH_BATCH) == COMMIT_TRIES
    assert sum(uploading.slept) < 15


def test_two_commit_calls_are_never_under_way_at_once(uploading: Uploading) -> None:
    sent = uploading.send(documents(10, 11))
    commits = [Commit(document, f"/{key}") for key, document in sent.sent.items()]
    manifest_is_begun = threading.Event()

    def hold(do: Callable[[], Any]) -> Any:
        manifest.start()
        assert manifest_is_begun.wait(5)
        assert uploading.client.count(UPLOAD) == 0
        return do()

    def upload() -> None:
        manifest_is_begun.set()
        uploading.uploads.upload_small("/manifest.csv", b"1")

    manifest = threading.Thread(target=upload)
    uploading.client.script[FINISH_BATCH].append(hold)
    uploading.uploads.commit(commits)
    manifest.join()

    assert uploading.client.calls[-2:] == [FINISH_BATCH, UPLOAD]


# Calls that fail as a whole


def test_an_outage_of_a_moment_is_waited_out(uploading: Uploading) -> None:
    uploading.client.script[FINISH_BATCH] += [down] * (TRIES - 1)

    report = uploading.commit(uploading.send(documents(10, 11)))

    assert len(report.committed) == 2


@pytest.mark.parametrize(("step", "error"), [(down, DropboxUnavailable), (limited, RateLimited)])
def test_what_stops_a_commit_call_fails_no_document(
    uploading: Uploading, step: Any, error: type[Exception]
) -> None:
    sent = uploading.send(documents(*[1] * 20))
    uploading.client.script[FINISH_BATCH] += [as_usual, *[step] * TRIES]

    report = uploading.commit(sent)

    assert (len(report.committed), report.failed) == (8, {})
    assert isinstance(report.stopped_by, error)


def test_a_commit_whose_answer_takes_too_long_is_not_repeated_while_it_may_be_under_way(
    uploading: Uploading,
) -> None:
    uploading.client.script[FINISH_BATCH].append(too_late)

    report = uploading.commit(uploading.send(documents(10, 11)))

    assert isinstance(report.stopped_by, DropboxUnavailable)
    assert (report.committed, report.failed) == ({}, {})
    assert uploading.client.count(FINISH_BATCH) == 1


def test_a_commit_whose_answer_was_lost_is_found_to_have_taken_place(uploading: Uploading) -> None:
    uploading.client.script[FINISH_BATCH].append(lost)

    report = uploading.commit(uploading.send(documents(10, 11, 12)))

    assert (len(report.committed), report.failed, report.stopped_by) == (3, {}, None)
    assert report.committed["d2"].file.path == "/d2"
    assert_all_are_files(uploading, [10, 11, 12])


def test_a_missing_session_is_not_taken_for_somebody_elses_file(uploading: Uploading) -> None:
    sent = uploading.send(documents(10))
    uploading.client.sessions.clear()
    uploading.client.files["/d0"] = b"somebody else's"

    report = uploading.commit(sent)

    assert isinstance(report.failed["d0"], DropboxUnavailable)


def test_what_was_committed_is_reported_though_looking_up_the_rest_fails(uploading: Uploading) -> None:
    uploading.client.committing["/d1"].append(LOOKUP(files.UploadSessionLookupError.not_found))
    uploading.client.script[FIND].append(limited)

    report = uploading.commit(uploading.send(documents(10, 11, 12)))

    assert (set(report.committed), report.failed) == ({"d0", "d2"}, {})
    assert isinstance(report.stopped_by, RateLimited)


@pytest.mark.parametrize("path", ["no slash", "/half a pair \ud800"])
def test_a_path_that_no_request_can_carry_fails_alone(uploading: Uploading, path: str) -> None:
    sent = uploading.send(documents(10, 11)).sent

    report = uploading.uploads.commit([Commit(sent["d0"], path), Commit(sent["d1"], "/d1")])

    assert isinstance(report.failed["d0"], DropboxRefused)
    assert set(report.committed) == {"d1"}


def test_one_entry_for_whose_sake_the_call_is_refused_is_found(uploading: Uploading) -> None:
    finish_batch = uploading.client._finish_batch

    def pick_out(arg: Any, body: bytes) -> Any:
        if any(entry.commit.path == "/d5" for entry in arg.entries):
            return refused(400)(as_usual)
        return finish_batch(arg, body)

    uploading.client._finish_batch = pick_out  # type: ignore[method-assign]

    report = uploading.commit(uploading.send(documents(*[3] * 8)))

    assert set(report.failed) == {"d5"}
    assert isinstance(report.failed["d5"], CallNotUnderstood)
    assert {key: file.file.path for key, file in report.committed.items()} == {
        f"d{number}": f"/d{number}" for number in range(8) if number != 5
    }


def test_commits_that_are_refused_whatever_they_hold_stop_soon() -> None:
    uploading = Uploading(limits=UploadLimits())
    sent = uploading.send(documents(*[1] * 200))
    uploading.client.script[FINISH_BATCH] += [refused(400)] * 1000

    report = uploading.commit(sent)

    assert report.stopped_by is None
    assert {type(error) for error in report.failed.values()} == {CallNotUnderstood}
    assert (len(report.failed), report.committed) == (200, {})
    assert uploading.client.count(FINISH_BATCH) < 2 * MOST_REFUSALS


@pytest.mark.parametrize(
    "failure",
    [{".tag": "other"}, {".tag": "path", "path": {".tag": "other"}}, {".tag": "unheard_of"}],
)
def test_an_other_among_five_fails_alone(uploading: Uploading, failure: dict[str, Any]) -> None:
    sent = uploading.send(documents(*[3] * 5))
    uploading.client.script[FINISH_BATCH].append(
        answering_third_entry({".tag": "failure", "failure": failure})
    )

    report = uploading.commit(sent)

    assert [type(error) for error in report.failed.values()] == [DropboxRefused]
    assert (len(report.committed), report.stopped_by) == (4, None)


@pytest.mark.parametrize("result", [{".tag": "unheard_of"}, {".tag": "success", "id": 7}, {}])
def test_a_result_that_cannot_be_read_is_looked_up(uploading: Uploading, result: dict[str, Any]) -> None:
    sent = uploading.send(documents(*[3] * 5))
    uploading.client.script[FINISH_BATCH].append(answering_third_entry(result))

    report = uploading.commit(sent)

    assert (len(report.committed), report.failed) == (5, {})
    assert uploading.client.count(FINISH_BATCH) == 1


def test_a_commit_answered_in_another_length_is_an_outage(uploading: Uploading) -> None:
    sent = uploading.send(documents(*[3] * 5))
    uploading.client.script[FINISH_BATCH].append(lambda _do: {"entries": []})

    report = uploading.commit(sent)

    assert isinstance(report.stopped_by, DropboxUnavailable)
    assert report.failed == {}


def answering_third_entry(result: dict[str, Any]) -> Step:
    """The call takes effect; its third entry answers with this."""

    def answer(do: Callable[[], Any]) -> Any:
        entries = stone_json.encode_object(files.upload_session_finish_batch_v2.result_type, do())["entries"]
        return {"entries": [*entries[:2], result, *entries[3:]]}

    return answer


# A small file by itself


def test_a_small_file_is_written_and_rewritten_with_its_own_revision(uploading: Uploading) -> None:
    first = uploading.uploads.upload_small("/m.csv", b"one")
    second = uploading.uploads.upload_small("/m.csv", b"two", first.rev)

    assert uploading.client.files == {"/m.csv": b"two"}
    assert first.rev != second.rev
    assert second.file.path == "/m.csv"


def test_a_small_file_that_somebody_changed_is_left_alone(uploading: Uploading) -> None:
    first = uploading.uploads.upload_small("/m.csv", b"one")
    uploading.client.files["/m.csv"] = b"somebody's"

    with pytest.raises(PathConflict):
        uploading.uploads.upload_small("/m.csv", b"two", first.rev)
    with pytest.raises(PathConflict):
        uploading.uploads.upload_small("/m.csv", b"two")

    assert uploading.client.files == {"/m.csv": b"somebody's"}


def test_a_small_file_whose_answer_was_lost_is_found_to_be_there(uploading: Uploading) -> None:
    uploading.client.files["/m.csv"] = b"two"
    conflict = files.UploadError.path(
        files.UploadWriteFailed(
            reason=files.WriteError.conflict(files.WriteConflictError.file), upload_session_id="session"
        )
    )
    uploading.client.script[UPLOAD] += [lost, failing(conflict)]

    written = uploading.uploads.upload_small("/m.csv", b"two")

    assert written.file.path == "/m.csv"


@pytest.mark.parametrize(
    ("reason", "error"),
    [
        (files.WriteError.insufficient_space, QuotaFull),
        (files.WriteError.disallowed_name, DropboxRefused),
        (files.WriteError.too_many_write_operations, RateLimited),
    ],
)
def test_a_small_file_that_is_refused_says_why(
    uploading: Uploading, reason: Any, error: type[Exception]
) -> None:
    answer = files.UploadError.path(files.UploadWriteFailed(reason=reason, upload_session_id="session"))
    uploading.client.script[UPLOAD].append(failing(answer))

    with pytest.raises(error):
        uploading.uploads.upload_small("/m.csv", b"one")


def test_a_small_file_refused_for_another_reason_says_so(uploading: Uploading) -> None:
    uploading.client.script[UPLOAD].append(failing(files.UploadError.payload_too_large))

    with pytest.raises(DropboxRefused):
        uploading.uploads.upload_small("/m.csv", b"one")


def test_a_document_is_sent_to_nobody_by_the_name_of_its_session(uploading: Uploading) -> None:
    sent = uploading.send([document("d0", b"bytes")]).sent["d0"]

    assert sent.session_id not in repr(sent)
