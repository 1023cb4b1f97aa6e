"""Each fault of Dropbox at each call of it: nothing is lost, failed or there twice once it is over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from shared.domain.deliveries import DeliveryStatus
from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    CallNotUnderstood,
    DropboxUnavailable,
    IntegrationError,
    LinkRevoked,
    RateLimited,
    TransportLimitReached,
)
from shared.domain.links import LinkProblem
from shared.doorbells.received import ComeBackLater
from testing.fakes.failing import Failing
from tests.unit.document_sync.sync_world import SyncWorld, sync_world

pytestmark = pytest.mark.exhaustive

FAULTS: dict[str, Callable[[], IntegrationError]] = {
    "rate limited": lambda: RateLimited(40.0),
    "down": lambda: DropboxUnavailable("503"),
    "call not understood": lambda: CallNotUnderstood("400"),
    "token revoked": lambda: LinkRevoked(LinkProblem.TOKEN_REVOKED),
    "access denied": lambda: AccessDenied("403 no_permission"),
    "transport limit": lambda: TransportLimitReached("403 invalid_account_type"),
    "app refused": lambda: AppRefused("401 route_access_denied"),
}
CALLS = ["send_documents", "commit_documents", "upload_small"]


def accepted(world: SyncWorld) -> None:
    world.accept(b"ticket", b"seat reservation")
    world.accept(b"dinner", employee="alice-2")


def after_each(call: Callable[..., Any], error: IntegrationError) -> Callable[..., Any]:
    """The call takes effect; its answer is this error, once."""
    left = [error]

    def act(*args: Any, **kwargs: Any) -> Any:
        answer = call(*args, **kwargs)
        if left:
            raise left.pop()
        return answer

    return act


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_after_any_fault_at_any_call_every_document_is_delivered_once(
    fault: str, call: str, after: bool
) -> None:
    with sync_world() as world:
        accepted(world)
        error, dropbox = FAULTS[fault](), world.dropbox
        acting = after_each(getattr(dropbox, call), error)
        if after:
            setattr(dropbox, call, acting)
        else:
            world.dropbox = Failing(dropbox, **{call: once_raising(error)})
        with suppress(ComeBackLater):
            world.answer()

        world.clock.advance(days=32)
        world.come_to_rest()

        world.check_invariants()
        assert {row.status for row in world.rows()} == {DeliveryStatus.DELIVERED}
        assert world.link_row.problem is None


def once_raising(error: IntegrationError) -> Callable[..., None]:
    left = [error]

    def act(*_args: Any, **_kwargs: Any) -> None:
        if left:
            raise left.pop()

    return act


def test_at_the_transport_limit_uploads_are_asked_about_without_a_byte() -> None:
    with sync_world() as world:
        accepted(world)
        error = TransportLimitReached("403")
        world.dropbox = Failing(world.dropbox, send_documents=once_raising(error))
        world.answer()
        limited = world.link_row

        world.clock.advance(days=1)
        world.answer()

        assert limited.problem is LinkProblem.TRANSPORT_LIMIT
        assert limited.not_before == limited.next_due
        assert world.dropbox.uploads_checked == 1
        assert {row.status for row in world.rows()} == {DeliveryStatus.DELIVERED}


def test_one_event_tells_the_host_until_when() -> None:
    with sync_world() as world:
        accepted(world)
        world.dropbox = Failing(world.dropbox, send_documents=always_raising, check_uploads=always_raising)
        for _ in range(40):
            world.answer()
            world.clock.advance(days=1)

        [event] = world.events.of("LinkNeedsAttention")

        assert (event["status"], event["reason"]) == ("FULL", "transport_limit")
        assert event["until"].endswith("-01T00:00:00.000000Z")


def always_raising(*_args: Any, **_kwargs: Any) -> None:
    raise TransportLimitReached("403")
