"""However many threads want to hold documents, only so many bytes are in flight."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from functions.auto_import.byte_budget import Room


def test_no_more_is_held_at_once_than_there_is_room_for() -> None:
    room, lock, held, most = Room(100), threading.Lock(), [0], [0]

    def hold(size: int) -> None:
        with room.taken(size):
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
    room = Room(100)
    entered = threading.Event()

    def hold_much() -> None:
        with room.taken(60):
            entered.set()

    with room.taken(60):
        waiting = threading.Thread(target=hold_much)
        waiting.start()
        is_in_at_once = entered.wait(0.05)
    waiting.join(5)

    assert not is_in_at_once
    assert entered.is_set()


def test_a_document_larger_than_the_room_has_it_to_itself() -> None:
    room = Room(100)

    with room.taken(5000):
        pass
    with room.taken(100):
        pass


def test_room_is_given_back_by_who_fails() -> None:
    room = Room(100)
    with pytest.raises(OSError), room.taken(100):  # noqa: PT011 - any error does
        raise OSError

    with room.taken(100):
        pass


def test_only_so_many_documents_are_downloaded_at_once() -> None:
    room, lock, under_way, most = Room(10**9, downloads=4), threading.Lock(), [0], [0]

    def download(_: int) -> None:
        with room.downloading():
            with lock:
                under_way[0] += 1
                most[0] = max(most[0], under_way[0])
            threading.Event().wait(0.001)
            with lock:
                under_way[0] -= 1

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(download, range(64)))

    assert most[0] == 4
