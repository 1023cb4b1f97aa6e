"""Proving the company's folder: what is found, and what becomes of a proof that anything meets."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.audit import AuditAction
from shared.domain.deliveries import DeliveryStatus
from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    AwsUnavailable,
    CallNotUnderstood,
    DropboxRefused,
    DropboxUnavailable,
    IntegrationError,
    LinkRevoked,
    ListingReset,
    QuotaFull,
    RateLimited,
)
from shared.domain.links import LinkProblem, Space
from shared.domain.proofs import (
    EndedProof,
    Finding,
    FolderProof,
    FoundDocument,
    PendingProof,
    ProofCounts,
    ProofProblem,
)
from shared.doorbells.received import ComeBackLater
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.failing import Failing, always, once, times
from tests.unit.document_sync.sync_world import COMPANY, LINK_ID, SyncWorld, sync_world


def proof_of(world: SyncWorld) -> FolderProof:
    return world.proofs.get(COMPANY, world.account.id)


def ask(world: SyncWorld) -> str:
    """What the API does when an administrator asks for one."""
    world.clock.advance(seconds=1)
    run_id = f"run-{len(world.proofs.trail) + 1}"
    pending = PendingProof(run_id, "bob", world.clock(), "request-1")
    world.proofs.save(replace(proof_of(world), pending=pending))
    return run_id


def answer(world: SyncWorld) -> None:
    with suppress(ComeBackLater):
        world.answer()


def prove(world: SyncWorld) -> ProofCounts:
    ask(world)
    answer(world)
    return counts_of(world)


def counts_of(world: SyncWorld) -> ProofCounts:
    ended = ended_of(world)
    assert ended.counts is not None
    return ended.counts


def ended_of(world: SyncWorld) -> EndedProof:
    proof = proof_of(world)
    assert proof.pending is None
    assert proof.ended is not None
    return proof.ended


def findings(world: SyncWorld) -> list[FoundDocument]:
    run_id = ended_of(world).run_id
    return [
        each for key, page in sorted(world.proof_pages.found.items()) if key[1] == run_id for each in page
    ]


def delivered(world: SyncWorld, *documents: bytes) -> list[str]:
    """Their paths, in the order of the documents."""
    world.accept(*(documents or (b"ticket", b"dinner", b"hotel")))
    answer(world)
    paths = {data: path for path, data in world.files().items()}
    return [paths[data] for data in documents or (b"ticket", b"dinner", b"hotel")]


def proof_file(world: SyncWorld) -> str:
    path = ended_of(world).path
    assert path is not None
    return world.account.tree_contents()[path].decode("utf-8-sig")


def test_a_folder_as_it_was_delivered_is_present_to_the_last_document() -> None:
    with sync_world() as world:
        delivered(world)

        counts = prove(world)

        assert (counts.documents, counts.present, counts.findings) == (3, 3, 0)
        assert findings(world) == []
