"""What linking leaves beside the link: a line of the audit trail, and tokens that nobody needs any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.aws.stores.link_attempt_store import LinkAttemptStore
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.link_tables import LinkRow
from shared.domain.audit import AuditAction, AuditEntry
from tests.integration.oauth_callback.conftest import ALICE, BOB, Linking


def test_linking_writes_who_linked_what(linking: Linking) -> None:
    linking.confirm(linking.handle())

    assert linking.audit_trail() == [
        AuditEntry("user:alice", linking.clock(), AuditAction.LINKED, "alice", linking.account.id, 1)
    ]
    assert linking.revocations() == []


def test_linking_the_same_account_again_is_told_apart_and_has_the_old_grant_revoked(linking: Linking) -> None:
    linking.confirm(linking.handle())
    old = linking.link()
    linking.clock.advance(hours=1)

    linking.confirm(linking.handle())

    assert [entry.action for entry in linking.audit_trail()] == [AuditAction.LINKED, AuditAction.RELINKED]
    assert [each.encrypted_token for each in linking.revocations()] == [old.encrypted_token]


def test_a_change_of_account_has_the_old_token_revoked(linking: Linking) -> None:
    another = linking.emulator.add_account("another")
    linking.confirm(linking.handle())
    old = linking.link()
    linking.clock.advance(hours=1)

    linking.confirm(linking.handle(ALICE, another))

    (revocation,) = linking.revocations()
    assert (revocation.encrypted_token, revocation.account_id) == (old.encrypted_token, linking.account.id)
    assert (revocation.link_id, revocation.which) == ("user:alice", "1")
    assert linking.audit_trail()[1:] == [
        AuditEntry("user:alice", linking.clock(), AuditAction.ACCOUNT_CHANGED, "alice", another.id, 2)
    ]


def test_linking_after_unlinking_begins_anew(linking: Linking) -> None:
    linking.confirm(linking.handle())
    linking.clock.advance(hours=1)
    LinkStore("links", "audit_trail").unlink(linking.link(), by="alice", at=linking.clock())
    linking.clock.advance(hours=1)

    linking.confirm(linking.handle(ALICE, linking.emulator.add_account("another")))

    assert [(entry.action, entry.generation) for entry in linking.audit_trail()] == [
        (AuditAction.LINKED, 1),
        (AuditAction.UNLINKED, 2),
        (AuditAction.LINKED, 3),
    ]
    assert [revocation.which for revocation in linking.revocations()] == ["1"]


def test_a_change_to_an_account_of_somebody_else_is_refused_as_such_and_writes_no_line(
    linking: Linking,
) -> None:
    bobs = linking.emulator.add_account("bob")
    linking.confirm(linking.handle(ALICE))
    linking.confirm(linking.handle(BOB, bobs), BOB)
    before = linking.link_rows()

    answer = linking.confirm(linking.handle(ALICE, bobs))

    assert linking.error(answer) == (409, "account_already_linked")
    assert linking.link_rows().keys() == before.keys()
    assert [entry.action for entry in linking.audit_trail()] == [AuditAction.LINKED] * 2


CHANGES: dict[str, list[Any]] = {
    "paused": [LinkRow.paused.set(True)],
    "asked for a backfill": [
        LinkRow.backfill_since.set("2026-01-01T00:00:00.000000Z"),
        LinkRow.backfill_requested_at.set("2026-11-22T09:00:00.000000Z"),
    ],
}


@pytest.mark.parametrize("actions", CHANGES.values(), ids=CHANGES.keys())
def test_what_is_changed_while_it_is_linked_anew_is_not_overwritten(
    linking: Linking, monkeypatch: pytest.MonkeyPatch, actions: list[Any]
) -> None:
    linking.confirm(linking.handle())
    handle = linking.handle()
    complete: Callable[..., None] = LinkAttemptStore.complete
    changed: list[bool] = []

    def change_first(*arguments: Any) -> None:
        if not changed:
            changed.append(True)
            LinkRow("user:alice").update(actions)
        complete(*arguments)

    monkeypatch.setattr(LinkAttemptStore, "complete", change_first)

    answer = linking.confirm(handle)

    assert answer["statusCode"] == 200
    assert (linking.link().generation, linking.link().is_paused) == (2, actions is CHANGES["paused"])
