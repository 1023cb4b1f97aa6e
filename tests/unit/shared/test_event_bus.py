"""How events are told: in calls that EventBridge takes, again where it takes some and not others."""

from __future__ import annotations

from typing import Any

import pytest

from shared.aws.host.event_bus import EventBus
from shared.domain.errors import AwsUnavailable
from shared.domain.host_events import HostEvent


class FakeEventBridge:
    """Takes entries, but for those that `refuses` says it does not take yet."""

    def __init__(self, refuses: dict[str, int] | None = None) -> None:
        self.calls: list[list[str]] = []
        self.sizes: list[int] = []
        self._refuses = refuses or {}

    def put_events(self, *, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803 - botocore's
        names = [entry["DetailType"] for entry in Entries]
        self.calls.append(names)
        self.sizes.append(sum(len(value) for entry in Entries for value in entry.values()))
        return {"Entries": [self._answer(name) for name in names]}

    def _answer(self, name: str) -> dict[str, str]:
        if self._refuses.get(name, 0):
            self._refuses[name] -= 1
            return {"ErrorCode": "ThrottlingException", "ErrorMessage": "later"}
        return {"EventId": name}


def tell(bridge: FakeEventBridge, *events: HostEvent) -> list[float]:
    """How long was waited before each try."""
    pauses: list[float] = []
    EventBus("host", bridge, pauses.append).send(events)  # type: ignore[arg-type]
    return pauses


def event(name: str, size: int = 10) -> HostEvent:
    return HostEvent(name, {"x": "x" * size})


def test_ten_events_go_in_a_call() -> None:
    bridge = FakeEventBridge()

    tell(bridge, *(event(str(number)) for number in range(25)))

    assert [len(call) for call in bridge.calls] == [10, 10, 5]
    assert [name for call in bridge.calls for name in call] == [str(number) for number in range(25)]


def test_no_call_is_larger_than_eventbridge_takes() -> None:
    bridge = FakeEventBridge()

    tell(bridge, *(event(str(number), 100_000) for number in range(5)))

    assert [len(call) for call in bridge.calls] == [2, 2, 1]
    assert max(bridge.sizes) <= 256 * 1024


def test_only_what_was_not_taken_is_sent_again_after_a_pause() -> None:
    bridge = FakeEventBridge({"b": 1})

    pauses = tell(bridge, event("a"), event("b"), event("c"))

    assert bridge.calls == [["a", "b", "c"], ["b"]]
    assert pauses[0] == 0 < pauses[1]


def test_what_is_never_taken_is_given_up_after_a_few_tries() -> None:
    bridge = FakeEventBridge({"b": 100})

    with pytest.raises(AwsUnavailable, match="1 events were not taken"):
        tell(bridge, event("a"), event("b"))

    assert bridge.calls == [["a", "b"], ["b"], ["b"]]


def test_entries_that_eventbridge_throttles_are_counted_although_the_call_succeeds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell(FakeEventBridge({"b": 1}), event("a"), event("b"))

    assert "AwsCallsThrottled" in capsys.readouterr().out
