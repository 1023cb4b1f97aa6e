"""A seeded simulation: acceptances, administrators, drains and faults in any order; at rest, all is in order.

`make simulate` runs it for as long as one likes. A failure prints the story as calls of the rules,
shortened as far as Hypothesis can.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    AwsRefused,
    AwsUnavailable,
    CallNotUnderstood,
    DropboxRefused,
    DropboxUnavailable,
    LinkRevoked,
    LinkSuspended,
    PathConflict,
    QuotaFull,
    RateLimited,
    SpaceUnavailable,
    TransportLimitReached,
)
from shared.domain.expenses import ExpenseStatus
from shared.domain.links import LinkProblem
from testing.fakes.crashing import Killed
from tests.unit.auto_import.simulated_world import Interruption
from tests.unit.document_sync.simulated_company import SimulatedCompany, simulated_company

pytestmark = pytest.mark.exhaustive

EXAMPLES = int(os.environ.get("SIMULATE_EXAMPLES", "150"))

employees = st.sampled_from([("alice", "Alice Martin"), ("other-alice", "Alice Martin"), ("bob", "Bob Roux")])
texts = st.sampled_from(["taxi", "lunch", "hotel"])
which_ones = st.integers(0, 7)
statuses = st.sampled_from(
    [
        ExpenseStatus.ACCEPTED,
        ExpenseStatus.REFUSED,
        ExpenseStatus.REIMBURSED,
        ExpenseStatus.WAITING,
        ExpenseStatus.DELETED,
    ]
)
moments = st.tuples(st.integers(1, 40), st.booleans())
FAULTS: dict[str, Callable[[], BaseException]] = {
    "rate limited": lambda: RateLimited(40.0),
    "Dropbox is down": lambda: DropboxUnavailable("503"),
    "AWS throttles": lambda: AwsUnavailable("throttled"),
    "AWS refuses": lambda: AwsRefused("dynamodb", "UpdateItem", "AccessDeniedException"),
    "token revoked": lambda: LinkRevoked(LinkProblem.TOKEN_REVOKED),
    "account suspended": lambda: LinkSuspended(LinkProblem.DROPBOX_SUSPENDED),
    "access denied": lambda: AccessDenied("403 no_permission"),
    "team space gone": lambda: SpaceUnavailable("422 no_permission"),
    "team's month used up": lambda: TransportLimitReached("403"),
    "call not understood": lambda: CallNotUnderstood("400"),
    "app refused": lambda: AppRefused("401 route_access_denied"),
    "something is in the way": lambda: PathConflict("path/conflict/file"),
    "Dropbox refuses": lambda: DropboxRefused("operation_suppressed"),
    "quota full": lambda: QuotaFull("insufficient_space"),
    "killed": Killed,
}
faults = st.sampled_from(sorted(FAULTS))


def raiser(fault: str) -> Callable[[], None]:
    def act() -> None:
        error = FAULTS[fault]()
        raise error

    return act


class Simulation(RuleBasedStateMachine):
    """What can happen; the checks are made once it is over."""

    @initialize()
    def begin(self) -> None:
        self._simulated = simulated_company()
        self.company: SimulatedCompany = self._simulated.__enter__()

    @rule(employee=employees, texts=st.lists(texts, min_size=1, max_size=3), is_streamed=st.booleans())
    def an_expense_is_accepted(self, employee: tuple[str, str], texts: list[str], is_streamed: bool) -> None:
        self.company.accept(employee, texts, is_streamed=is_streamed)

    @rule(which=which_ones, status=statuses)
    def an_expense_becomes_something_else(self, which: int, status: ExpenseStatus) -> None:
        self.company.becomes(which, status)

    @rule(which=which_ones)
    def a_record_of_the_stream_is_repeated_or_late(self, which: int) -> None:
        self.company.stream_again(which)

    @rule(which=which_ones, merchant=st.sampled_from(["SNCF", "Deutsche Bahn", "../..", ""]))
    def an_expense_is_edited(self, which: int, merchant: str) -> None:
        self.company.edit(which, merchant)

    @rule(which=which_ones)
    def somebodys_own_file_is_where_a_document_belongs(self, which: int) -> None:
        self.company.put_in_the_way(which)

    @rule(account=st.sampled_from(["company", "other"]))
    def an_administrator_links_again(self, account: str) -> None:
        self.company.link_again(account)

    @rule(which=which_ones)
    def an_administrator_chooses_where_documents_are_filed(self, which: int) -> None:
        self.company.choose_filing(which)

    @rule(days=st.integers(0, 3))
    def an_administrator_asks_for_what_was_accepted_before(self, days: int) -> None:
        self.company.ask_for_backfill_since(days)

    @rule(is_paused=st.booleans())
    def the_operator_pauses_or_resumes(self, is_paused: bool) -> None:
        self.company.pause(is_paused=is_paused)

    @rule(is_full=st.booleans())
    def the_account_is_full_or_not(self, is_full: bool) -> None:
        self.company.fill(is_full=is_full)

    @rule(has_plan=st.booleans())
    def the_company_loses_its_plan_or_has_it_again(self, has_plan: bool) -> None:
        self.company.set_plan(has_plan=has_plan)

    @rule(seconds=st.sampled_from([1, 30, 130, 700, 8000, 100_000]))
    def time_passes(self, seconds: int) -> None:
        self.company.world.clock.advance(seconds=seconds)

    @rule(late_by=st.sampled_from([0, 0, 0, 20]), receive_count=st.sampled_from([1, 1, 5, 50]))
    def a_doorbell_is_answered(self, late_by: int, receive_count: int) -> None:
        sent = self.company.world.clock() - timedelta(seconds=late_by)
        self.company.drain(receive_count=receive_count, sent=sent)

    @rule(looks=st.integers(0, 4))
    def a_drain_runs_out_of_time(self, looks: int) -> None:
        left = iter([True] * looks)
        self.company.drain(has_time=lambda: next(left, False))

    @rule(fault=faults, moment=moments)
    def a_drain_meets_a_fault(self, fault: str, moment: tuple[int, bool]) -> None:
        self.company.drain([Interruption(*moment, raiser(fault))])

    @rule(fault=faults, moment=moments, other=moments)
    def two_drains_race(self, fault: str, moment: tuple[int, bool], other: tuple[int, bool]) -> None:
        """In the middle of one, another does all it can, or dies on the way."""
        inner = [Interruption(*other, raiser(fault))]
        self.company.drain([Interruption(*moment, lambda: self.company.drain(inner))])

    @rule(which=which_ones, status=statuses, moment=moments)
    def an_expense_becomes_something_else_during_a_drain(
        self, which: int, status: ExpenseStatus, moment: tuple[int, bool]
    ) -> None:
        self.company.drain([Interruption(*moment, lambda: self.company.becomes(which, status))])

    @rule(
        which=which_ones, merchant=st.sampled_from(["SNCF", "Deutsche Bahn"]), moment=moments, deadly=moments
    )
    def an_expense_is_edited_during_a_drain_that_dies(
        self, which: int, merchant: str, moment: tuple[int, bool], deadly: tuple[int, bool]
    ) -> None:
        self.company.drain(
            [
                Interruption(*moment, lambda: self.company.edit(which, merchant)),
                Interruption(*deadly, raiser("killed")),
            ]
        )

    @rule(account=st.sampled_from(["company", "other"]), moment=moments)
    def an_administrator_links_again_during_a_drain(self, account: str, moment: tuple[int, bool]) -> None:
        self.company.drain([Interruption(*moment, lambda: self.company.link_again(account))])

    @rule(which=which_ones, moment=moments)
    def an_administrator_chooses_filing_during_a_drain(self, which: int, moment: tuple[int, bool]) -> None:
        self.company.drain([Interruption(*moment, lambda: self.company.choose_filing(which))])

    @rule(days=st.integers(0, 3), moment=moments)
    def an_administrator_asks_for_more_during_a_drain(self, days: int, moment: tuple[int, bool]) -> None:
        self.company.drain([Interruption(*moment, lambda: self.company.ask_for_backfill_since(days))])

    def teardown(self) -> None:
        if not hasattr(self, "company"):
            return
        try:
            self.company.come_to_rest()
            self.company.check_invariants()
        finally:
            self._simulated.__exit__(None, None, None)


Simulation.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=25,
    deadline=None,
    derandomize="SIMULATE_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
test_whatever_happens_every_accepted_document_ends_once_and_in_order = Simulation.TestCase
