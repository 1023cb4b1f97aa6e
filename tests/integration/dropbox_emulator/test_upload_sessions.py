"""Upload sessions through the real SDK: one large file, and many small ones in a handful of calls."""

import pytest
from dropbox import files
from dropbox.exceptions import ApiError

from local.dropbox_emulator import AUTO_IMPORT_APP
from local.dropbox_emulator.core.upload_sessions import BLOCK, LIFETIME_SECONDS

ROOT = "/Apps/Jenji"
CONCURRENT = files.UploadSessionType.concurrent


def cursor(session_id, offset):
    return files.UploadSessionCursor(session_id, offset)


def commit(path, **options):
    return files.CommitInfo(path, **options)


def finish_entry(session_id, offset, path, **options):
    return files.UploadSessionFinishArg(cursor(session_id, offset), commit(path, **options))


def test_a_file_in_three_parts_is_put_together(client, alice):
    session_id = client.files_upload_session_start(b"one ").session_id
    client.files_upload_session_append_v2(b"two ", cursor(session_id, 4))

    metadata = client.files_upload_session_finish(b"three", cursor(session_id, 8), commit("/f/a.txt"))

    assert metadata.path_display == "/f/a.txt"
    assert alice.read(f"{ROOT}/f/a.txt") == b"one two three"


def test_many_small_files_take_three_calls(client, alice, emulator):
    contents = [b"%d" % number * number for number in range(20)]
    emulator.calls.clear()

    ids = client.files_upload_session_start_batch(len(contents)).session_ids
    parts = [
        files.UploadSessionAppendBatchArgEntry(cursor(session_id, 0), len(data), close=True)
        for session_id, data in zip(ids, contents, strict=True)
    ]
    appended = client.files_upload_session_append_batch(b"".join(contents), parts)
    entries = [
        finish_entry(session_id, len(data), f"/out/{number}")
        for number, (session_id, data) in enumerate(zip(ids, contents, strict=True))
    ]
    finished = client.files_upload_session_finish_batch_v2(entries)

    assert all(entry.is_success() for entry in (*appended.entries, *finished.entries))
    assert [alice.read(f"{ROOT}/out/{number}") for number in range(20)] == contents
    assert emulator.calls.count() == 3


def test_a_wrong_offset_tells_the_right_one(client):
    session_id = client.files_upload_session_start(b"12345").session_id

    with pytest.raises(ApiError) as refused:
        client.files_upload_session_append_v2(b"6", cursor(session_id, 3))

    assert refused.value.error.get_incorrect_offset().correct_offset == 5


def test_a_batch_records_each_session_by_itself(client):
    good = client.files_upload_session_start(b"1", close=True).session_id
    still_open = client.files_upload_session_start(b"2").session_id
    entries = [
        finish_entry(good, 1, "/a"),
        finish_entry(still_open, 1, "/b"),
        finish_entry("invented", 1, "/c"),
        finish_entry(client.files_upload_session_start(b"3", close=True).session_id, 1, "/a"),
    ]

    success, not_closed, missing, conflict = client.files_upload_session_finish_batch_v2(entries).entries

    assert success.get_success().path_display == "/a"
    assert not_closed.get_failure().get_lookup_failed().is_not_closed()
    assert missing.get_failure().get_lookup_failed().is_not_found()
    assert conflict.get_failure().get_path().get_conflict().is_file()


def test_a_refused_commit_keeps_its_session_and_a_successful_one_ends_it(client, alice):
    alice.write(f"{ROOT}/a", b"taken")
    session_id = client.files_upload_session_start(b"1", close=True).session_id

    refused = client.files_upload_session_finish_batch_v2([finish_entry(session_id, 1, "/a")])
    accepted = client.files_upload_session_finish_batch_v2([finish_entry(session_id, 1, "/b")])
    again = client.files_upload_session_finish_batch_v2([finish_entry(session_id, 1, "/b")])

    assert refused.entries[0].is_failure()
    assert accepted.entries[0].is_success()
    assert again.entries[0].get_failure().get_lookup_failed().is_not_found()


def test_identical_bytes_at_the_path_are_success(client, alice):
    alice.write(f"{ROOT}/a", b"same")
    session_id = client.files_upload_session_start(b"same", close=True).session_id

    result = client.files_upload_session_finish_batch_v2([finish_entry(session_id, 4, "/a")])

    assert result.entries[0].get_success().rev == client.files_get_metadata("/a").rev


def test_a_closed_session_takes_no_more(client):
    session_id = client.files_upload_session_start(b"1", close=True).session_id

    with pytest.raises(ApiError) as refused:
        client.files_upload_session_append_v2(b"2", cursor(session_id, 1))

    assert refused.value.error.is_closed()


def test_lengths_that_do_not_add_up_are_refused(client):
    (session_id,) = client.files_upload_session_start_batch(1).session_ids

    with pytest.raises(ApiError) as refused:
        client.files_upload_session_append_batch(
            b"12", [files.UploadSessionAppendBatchArgEntry(cursor(session_id, 0), 3)]
        )

    assert refused.value.error.is_length_mismatch()


def test_a_body_that_is_not_what_its_hash_says_is_refused(client):
    (session_id,) = client.files_upload_session_start_batch(1).session_ids

    with pytest.raises(ApiError) as refused:
        client.files_upload_session_append_v2(b"12", cursor(session_id, 0), content_hash="0" * 64)

    assert refused.value.error.is_content_hash_mismatch()


def test_sessions_expire_after_a_week(client, connect, emulator, alice, clock):
    session_id = client.files_upload_session_start(b"1").session_id
    clock.ahead = LIFETIME_SECONDS
    later = connect(AUTO_IMPORT_APP, alice)

    with pytest.raises(ApiError) as refused:
        later.files_upload_session_append_v2(b"2", cursor(session_id, 1))

    assert refused.value.error.is_not_found()


def test_a_session_belongs_to_its_account(client, connect, emulator):
    session_id = client.files_upload_session_start(b"1").session_id
    bob = connect(AUTO_IMPORT_APP, emulator.add_account("bob"))

    with pytest.raises(ApiError) as refused:
        bob.files_upload_session_finish(b"", cursor(session_id, 1), commit("/a"))

    assert refused.value.error.get_lookup_failed().is_not_found()


def test_a_concurrent_session_takes_its_blocks_in_any_order(client, alice):
    session_id = client.files_upload_session_start(b"", session_type=CONCURRENT).session_id
    first, second = b"a" * BLOCK, b"b" * BLOCK

    client.files_upload_session_append_v2(second, cursor(session_id, BLOCK))
    client.files_upload_session_append_v2(first, cursor(session_id, 0), close=True)
    client.files_upload_session_finish(b"", cursor(session_id, 2 * BLOCK), commit("/big"))

    assert alice.read(f"{ROOT}/big") == first + second


def test_a_concurrent_session_refuses_what_breaks_its_blocks(client):
    session_id = client.files_upload_session_start(b"", session_type=CONCURRENT).session_id

    with pytest.raises(ApiError) as odd_offset:
        client.files_upload_session_append_v2(b"1", cursor(session_id, 1))
    with pytest.raises(ApiError) as odd_size:
        client.files_upload_session_append_v2(b"1", cursor(session_id, 0))
    client.files_upload_session_append_v2(b"1", cursor(session_id, BLOCK), close=True)
    with pytest.raises(ApiError) as gap:
        client.files_upload_session_finish(b"", cursor(session_id, 1), commit("/big"))

    assert odd_offset.value.error.is_concurrent_session_invalid_offset()
    assert odd_size.value.error.is_concurrent_session_invalid_data_size()
    assert gap.value.error.is_concurrent_session_missing_data()


def test_the_older_batch_can_become_a_job(client, emulator):
    emulator.batches.largest_synchronous = 0
    session_id = client.files_upload_session_start(b"1", close=True).session_id

    with pytest.deprecated_call():
        launch = client.files_upload_session_finish_batch([finish_entry(session_id, 1, "/a")])
    job = launch.get_async_job_id()
    first = client.files_upload_session_finish_batch_check(job)
    second = client.files_upload_session_finish_batch_check(job)

    assert first.is_in_progress()
    assert second.get_complete().entries[0].is_success()
