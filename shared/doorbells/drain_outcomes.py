"""How drains end, for the runner and for logs and metrics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from shared.domain.backlogs import NOTHING_WAITS, Backlog
from shared.domain.errors import AwsFailed
from shared.domain.links import Link, LinkChanges

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class DrainReport(Generic[Item]):
    """How far a drain came.

    `is_clean`: everything pending at `looked_at` is recorded, or waits for a time of its own, the
    earliest of which is `next_try`. Otherwise there is more to do at once. `link` is as last written.
    `has_progressed` is for work that records nothing by itself, such as a search. `changes` are to be
    noted on the link beside that. `unannounced` is why the host was not sent every event yet: the next
    drain sends the rest. `missed_notification`: there was work that Dropbox should have rung for long ago.
    """

    link: Link
    recorded: Sequence[Item]
    is_clean: bool
    looked_at: datetime
    next_try: datetime | None
    has_progressed: bool = False
    changes: LinkChanges = field(default_factory=LinkChanges)
    backlog: Backlog = NOTHING_WAITS
    unannounced: AwsFailed | None = None
    missed_notification: bool = False


@dataclass(frozen=True, slots=True)
class DrainOutcome(Generic[Item]):
    """What came of a doorbell. `reason` is a constant.

    `backlog` is what the drain left, None where there was none. `link_broke` is true where the link
    stopped working just now. `unannounced` is why an event could not be sent, to be logged.
    """

    reason: str
    recorded: Sequence[Item] = ()
    backlog: Backlog | None = None
    link_broke: bool = False
    unannounced: AwsFailed | None = None
    missed_notification: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrainReporter(Generic[Item]):
    """Logs and counts outcomes; what a recorded item and a backlog mean is the function's own."""

    report_item: Callable[[Item], None]
    report_backlog: Callable[[Backlog], None]
    logger: Logger
    metrics: Metrics

    def __call__(self, outcome: DrainOutcome[Item]) -> None:
        """Once for each doorbell that was answered."""
        for item in outcome.recorded:
            self.report_item(item)
        if outcome.backlog is not None:
            self.report_backlog(outcome.backlog)
        if outcome.link_broke:
            self.metrics.add_metric("LinksBroken", MetricUnit.Count, 1)
        if outcome.missed_notification:
            self.logger.warning("a notification was missed")
            self.metrics.add_metric("NotificationsMissed", MetricUnit.Count, 1)
        if outcome.unannounced is not None:
            self.logger.error("host events could not be sent", cause=str(outcome.unannounced))
            self.metrics.add_metric("HostEventsNotSent", MetricUnit.Count, 1)
        self.logger.info("doorbell answered", answer=outcome.reason, recorded=len(outcome.recorded))
        self.metrics.add_metric("DoorbellsAnswered", MetricUnit.Count, 1)
