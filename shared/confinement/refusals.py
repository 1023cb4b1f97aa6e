"""Tells the operator where a kernel refuses some of what confines the workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

OnConfinementRefused: TypeAlias = Callable[[frozenset[str]], None]
"""Called with the names of what was refused; from any thread."""


def nobody_is_told(_refused: frozenset[str]) -> None:
    """For callers that have no operator."""


@dataclass(frozen=True, slots=True)
class ConfinementReport:
    """Logs and counts workers that the kernel does not confine wholly; an alarm looks at the count."""

    logger: Logger
    metrics: Metrics

    def __call__(self, refused: frozenset[str]) -> None:
        """Documents are read all the same."""
        self.logger.warning("a worker is not confined wholly", refused=sorted(refused))
        self.metrics.add_metric("WorkersNotConfined", MetricUnit.Count, 1)
