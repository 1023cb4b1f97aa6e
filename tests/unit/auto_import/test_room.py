"""However many threads want to hold documents, only so many bytes are in flight."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from functions.auto_import.byte_budget import ByteBudget


def test_no_more_is_held_at_once_than_there_is_room_for() -> None:
    byte_budget, lock, held, most = ByteBudget(100), threading.Lock(), [0], [0]

    def hold(size: int) -> None:
        with byte_budget.taken(size):
            with lock:
                held[0] += size
                most[0] = max(most[0], held[0])
            with lock:
                held[0] -= size

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(hold, [7, 60, 33, 100, 1, 50] * 50))

    assert held[0] == 0
    assert 0 < most[0] <= 100


def test_who_wants_more_than_is_free_waits_for_it() -> None:
    byte_budget = ByteBudget(100)
    entered = threading.Event()

    def hold_much() -> None:
        with byte_budget.taken(60):
            entered.set()

    with byte_budget.taken(60):
        waiting = threading.Thread(target=hold_much)
        waiting.start()
        is_in_at_once = entered.wait(0.05)
    waiting.join(5)

    assert not is_in_at_once
    assert entered.is_set()


def test_a_document_larger_than_the_room_has_it_to_itself() -> None:
    byte_budget = ByteBudget(100)

    with byte_budget.taken(5000):
        pass
    with byte_budget.taken(100):
        pass


def test_room_is_given_back_by_who_fails() -> None:
    byte_budget = ByteBudget(100)
    with pytest.raises(OSError), byte_budget.taken(100):  # noqa: PT011 - any error does
        raise OSError

    with byte_budget.taken(100):
        pass


def test_only_so_many_documents_are_downloaded_at_once() -> None:
    byte_budget, lock, under_way, most = ByteBudget(10**9, downloads=4), threading.Lock(), [0], [0]

    def download(_: int) -> None:
        with byte_budget.downloading():
            with lock:
                under_way[0] += 1
                most[0] = max(most[0], under_way[0])
            threading.Event().wait(0.001)
            with lock:
                under_way[0] -= 1

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(download, range(64)))

    assert most[0] == 4
