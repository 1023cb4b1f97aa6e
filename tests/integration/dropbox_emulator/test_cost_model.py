"""The cost model: time is taken where the model says, and nowhere else."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from dropbox import files
from dropbox.exceptions import RateLimitError

from local.dropbox_emulator import AUTO_IMPORT_APP, CostModel

ROOT = "/Apps/Jenji"
COST = 0.03


@pytest.fixture
def seconds():
    """How long a call takes."""

    def measure(act):
        started = time.perf_counter()
        act()
        return time.perf_counter() - started

    return measure


def at_once(*calls):
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.exception() for future in [pool.submit(call) for call in calls]]


def test_every_call_takes_its_latency(emulator, client, seconds):
    emulator.costs = CostModel(latency=COST)

    assert seconds(lambda: client.files_list_folder("")) >= COST


def test_bandwidth_delays_both_directions(emulator, client, alice, seconds):
    emulator.costs = CostModel(bandwidth=1_000_000)
    data = bytes(40_000)

    assert seconds(lambda: client.files_upload(data, "/a")) >= 0.04
    assert seconds(lambda: client.files_download("/a")[1].content) >= 0.04
    assert client.files_download("/a")[1].content == data


def test_commits_into_one_account_wait_for_one_another(emulator, client, seconds):
    emulator.costs = CostModel(commit=COST)

    def commits():
        return at_once(*[lambda n=n: client.files_upload(b"%d" % n, f"/{n}") for n in range(3)])

    assert seconds(commits) >= 3 * COST


def test_every_entry_of_a_batch_costs(emulator, client, alice, seconds):
    for number in range(5):
        alice.write(f"{ROOT}/{number}", b"%d" % number)
    emulator.costs = CostModel(entry=0.01)
    entries = [files.RelocationPath(f"/{number}", f"/to/{number}") for number in range(5)]

    assert seconds(lambda: client.files_move_batch_v2(entries)) >= 0.05


def test_a_commit_that_finds_the_account_locked_is_refused(emulator, client, full_client, alice):
    emulator.costs = CostModel(commit=COST, refuses_when_locked=True)

    errors = at_once(
        lambda: client.files_upload(b"1", "/a"), lambda: full_client.files_create_folder_v2("/b")
    )

    (refused,) = [error for error in errors if error]
    assert isinstance(refused, RateLimitError)
    assert refused.error.reason.is_too_many_write_operations()
    assert len(alice.tree_contents()) + ("/b" in alice.folders()) == 1


def test_reading_takes_no_lock(emulator, client):
    emulator.costs = CostModel(commit=COST, refuses_when_locked=True)

    errors = at_once(lambda: client.files_upload(b"1", "/a"), lambda: client.files_list_folder(""))

    assert errors == [None, None]


def test_calls_beyond_those_of_a_second_are_refused_to_that_account_alone(emulator, client, connect):
    emulator.costs = CostModel(calls_a_second=1)
    bobs = connect(AUTO_IMPORT_APP, emulator.add_account("Bob"))

    errors = at_once(*[lambda: client.files_list_folder("") for _ in range(12)])

    refused = [error for error in errors if error]
    assert 0 < len(refused) < 12
    assert all(error.error.reason.is_too_many_requests() for error in refused)
    assert {error.backoff for error in refused} == {1}
    assert bobs.files_list_folder("").entries == []


@pytest.mark.parametrize(
    "wrong", [{"latency": -1}, {"commit": -0.1}, {"bandwidth": 0}, {"calls_a_second": 0.5}]
)
def test_a_cost_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"negative|nothing|none"):
        CostModel(**wrong)
