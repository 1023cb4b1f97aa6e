"""Things in portions."""

import pytest

from shared.batching import batched


@pytest.mark.parametrize(
    ("things", "portions"),
    [
        ([], []),
        ([1], [(1,)]),
        ([1, 2], [(1, 2)]),
        ([1, 2, 3, 4, 5], [(1, 2), (3, 4), (5,)]),
    ],
)
def test_things_come_in_portions_in_their_order(things, portions):
    assert list(batched(things, 2)) == portions


def test_what_has_not_been_asked_for_stays_in_the_iterator():
    rest = iter(range(5))

    first = next(batched(rest, 2))

    assert first == (0, 1)
    assert list(rest) == [2, 3, 4]


def test_portions_of_nothing_are_refused():
    with pytest.raises(ValueError, match="at least one"):
        next(batched([1], 0))
