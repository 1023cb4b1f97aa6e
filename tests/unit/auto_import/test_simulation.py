"""A seeded simulation: users, drains and faults in any order; at rest, every invariant holds.

`make simulate` runs it for as long as one likes. A failure prints the story as calls of the rules,
shortened as far as Hypothesis can.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from local.dropbox_emulator.core.contents import ContentStore
from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    AwsRefused,
    AwsUnavailable,
    CallNotUnderstood,
    ContentRestricted,
    DocumentCorrupted,
    DropboxRefused,
    DropboxUnavailable,
    FileGone,
    LinkRevoked,
    LinkSuspended,
    ListingReset,
    QuotaFull,
    RateLimited,
)
from shared.domain.links import LinkProblem
from testing.fakes.crashing import Killed
from tests.unit.auto_import.simulated_world import ACCOUNTS, USERS, Interruption, SimulatedWorld

pytestmark = pytest.mark.exhaustive

EXAMPLES = int(os.environ.get("SIMULATE_EXAMPLES", "150"))

accounts = st.sampled_from(ACCOUNTS)
users = st.sampled_from(USERS)
names = st.sampled_from(["a.pdf", "b.pdf", "trip/a.pdf", "trip/c.pdf", "A.PDF"])
texts = st.sampled_from(["taxi", "lunch", "hotel", "bad page", "half a job", ""])
FAULTS: dict[str, Callable[[], BaseException]] = {
    "rate limited": lambda: RateLimited(40.0),
    "Dropbox is down": lambda: DropboxUnavailable("503"),
    "bytes are cut": lambda: DocumentCorrupted("cut"),
    "AWS throttles": lambda: AwsUnavailable("throttled"),
    "AWS refuses": lambda: AwsRefused("dynamodb", "UpdateItem", "AccessDeniedException"),
    "token revoked": lambda: LinkRevoked(LinkProblem.TOKEN_REVOKED),
    "account suspended": lambda: LinkSuspended(LinkProblem.DROPBOX_SUSPENDED),
    "Dropbox refuses": lambda: DropboxRefused("operation_suppressed"),
    "Dropbox restricts a file": lambda: ContentRestricted("path/restricted_content"),
    "access denied": lambda: AccessDenied("403 no_permission"),
    "call not understood": lambda: CallNotUnderstood("400"),
    "app refused": lambda: AppRefused("401 route_access_denied"),
    "quota full": lambda: QuotaFull("insufficient_space"),
    "listing reset": lambda: ListingReset("reset"),
    "file is gone": lambda: FileGone("not_found"),
    "killed": Killed,
}
faults = st.sampled_from(sorted(FAULTS))
moments = st.tuples(st.integers(1, 30), st.booleans())


class Simulation(RuleBasedStateMachine):
    """What can happen; the checks are made once it is over."""

    @initialize()
    def begin(self) -> None:
        self._contents = ContentStore()
        self._workdir = tempfile.TemporaryDirectory()
        self.world = SimulatedWorld(self._contents, Path(self._workdir.name))

    @rule(account=accounts, name=names, text=texts)
    def a_user_drops_or_replaces_a_file(self, account: str, name: str, text: str) -> None:
        self.world.drop(account, name, text)

    @rule(account=accounts, which=st.integers(0, 5), name=names)
    def a_user_moves_a_file_into_auto_import(self, account: str, which: int, name: str) -> None:
        paths = self.world.paths(account)
        if paths:
            self.world.move(account, paths[which % len(paths)], f"Auto-Import/{name}")

    @rule(account=accounts, which=st.integers(0, 5))
    def a_user_deletes_a_file(self, account: str, which: int) -> None:
        paths = self.world.paths(account)
        if paths:
            self.world.delete(account, paths[which % len(paths)])

    @rule(account=accounts, folder=st.sampled_from(["Auto-Import", "Auto-Import/trip", "Imported"]))
    def a_user_deletes_a_folder(self, account: str, folder: str) -> None:
        self.world.delete(account, folder)

    @rule(which=st.integers(0, 5))
    def a_user_deletes_an_expense(self, which: int) -> None:
        self.world.delete_expense(which)

    @rule(user=users, which=st.integers(0, 5))
    def a_user_wants_a_rejected_file_tried_again(self, user: str, which: int) -> None:
        self.world.retry(user, which)

    @rule(account=accounts, user=users, which=st.integers(0, 5), moment=moments)
    def a_user_wants_a_file_tried_again_during_a_drain(
        self, account: str, user: str, which: int, moment: tuple[int, bool]
    ) -> None:
        self.world.drain(account, [Interruption(*moment, lambda: self.world.retry(user, which))])

    @rule(user=users, account=accounts)
    def a_user_links(self, user: str, account: str) -> None:
        self.world.link(user, account)

    @rule(user=users)
    def a_user_unlinks(self, user: str) -> None:
        self.world.unlink(user)

    @rule(user=users, active=st.booleans())
    def the_host_activates_or_not(self, user: str, active: bool) -> None:
        self.world.set_active(user, active=active)

    @rule(seconds=st.sampled_from([1, 30, 130, 700, 8000, 100_000]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds=seconds)

    @rule(account=accounts, late_by=st.sampled_from([0, 0, 0, 20]), receive_count=st.sampled_from([1, 1, 5]))
    def a_doorbell_is_answered(self, account: str, late_by: int, receive_count: int) -> None:
        sent = self.world.clock() - timedelta(seconds=late_by)
        self.world.drain(account, receive_count=receive_count, sent=sent)

    @rule(account=accounts, looks=st.integers(0, 4))
    def a_drain_runs_out_of_time(self, account: str, looks: int) -> None:
        left = iter([True] * looks)
        self.world.drain(account, has_time=lambda: next(left, False))

    @rule(account=accounts, fault=faults, moment=moments)
    def a_drain_meets_a_fault(self, account: str, fault: str, moment: tuple[int, bool]) -> None:
        self.world.drain(account, [Interruption(*moment, self._raiser(fault))])

    @rule(account=accounts, fault=faults, moment=moments, other=moments)
    def two_drains_race(
        self, account: str, fault: str, moment: tuple[int, bool], other: tuple[int, bool]
    ) -> None:
        """In the middle of one, another does all it can, or dies on the way."""
        inner = [Interruption(*other, self._raiser(fault))]
        self.world.drain(account, [Interruption(*moment, lambda: self.world.drain(account, inner))])

    @rule(account=accounts, name=names, text=texts, moment=moments, deadly=moments)
    def a_file_is_replaced_during_a_drain(
        self, account: str, name: str, text: str, moment: tuple[int, bool], deadly: tuple[int, bool]
    ) -> None:
        self.world.drain(
            account,
            [
                Interruption(*moment, lambda: self.world.drop(account, name, text)),
                Interruption(*deadly, self._raiser("killed")),
            ],
        )

    @rule(account=accounts, which=st.integers(0, 5), name=names, moment=moments)
    def a_file_is_moved_back_during_a_drain(
        self, account: str, which: int, name: str, moment: tuple[int, bool]
    ) -> None:
        self.world.drain(
            account,
            [Interruption(*moment, lambda: self.a_user_moves_a_file_into_auto_import(account, which, name))],
        )

    @rule(account=accounts, which=st.integers(0, 5), moment=moments)
    def something_is_deleted_during_a_drain(self, account: str, which: int, moment: tuple[int, bool]) -> None:
        self.world.drain(account, [Interruption(*moment, lambda: self.a_user_deletes_a_file(account, which))])
        self.world.drain(account, [Interruption(*moment, lambda: self.world.delete_expense(which))])

    @rule(account=accounts, user=users, wanted=accounts, moment=moments)
    def a_user_links_anew_during_a_drain(
        self, account: str, user: str, wanted: str, moment: tuple[int, bool]
    ) -> None:
        self.world.drain(account, [Interruption(*moment, lambda: self.world.link(user, wanted))])

    @rule(account=accounts, user=users, moment=moments)
    def a_user_unlinks_during_a_drain(self, account: str, user: str, moment: tuple[int, bool]) -> None:
        self.world.drain(account, [Interruption(*moment, lambda: self.world.unlink(user))])

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.world.come_to_rest()
            self.world.check_invariants()
        finally:
            self._contents.close()
            self._workdir.cleanup()

    @staticmethod
    def _raiser(fault: str) -> Callable[[], None]:
        def act() -> None:
            error = FAULTS[fault]()
            raise error

        return act


Simulation.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=25,
    deadline=None,
    derandomize="SIMULATE_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
test_whatever_happens_everything_comes_to_rest_in_order = Simulation.TestCase
