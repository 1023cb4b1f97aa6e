"""What a million imported documents cost in AWS requests: counted calls times the public prices."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bench.aws_calls import AwsCalls
from bench.figures import Figure, Table
from bench.growth import FEW, MANY, Counts, describe

# Public on-demand prices in us-east-1 as of November 2026, in dollars for a million; see docs/cost.md.
S3_PUT = 5.00
WRITE_UNIT = 0.625
READ_UNIT = 0.125
SQS_REQUEST = 0.50
HTTP_API_REQUEST = 1.00
LAMBDA_REQUEST = 0.20
HOST_EVENT = 1.00  # for each 64 kB of it
LAMBDA_GB_SECOND = 13.3334
LOGGED_GIGABYTE = 0.50
# The webhook's send, and the receive and the delete by Lambda's poller; the webhook and the drain.
SQS_REQUESTS, INVOCATIONS = 3, 2
DRAIN_GIGABYTES = 2.0
LOGGED_BYTES = 600
DOCUMENTS_FOR_A_DOORBELL = 20


@dataclass(frozen=True, slots=True)
class Cost:
    """Dollars for a million documents."""

    s3: float
    writes: float
    reads: float
    doorbells: float
    compute: float
    logs: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.s3 + self.writes + self.reads + self.doorbells + self.compute + self.logs


def as_table(counts: Counts, drain_seconds_for_a_document: float | None) -> Table:
    """The formula's terms, and what they are made of."""
    cost = _cost(counts, drain_seconds_for_a_document or 0.0)
    each = counts.for_each_document
    further = counts.further
    lines = [
        Figure("S3 PUT", _dollars(cost.s3), remark=f"{each['s3 PutObject']:g} for each document"),
        Figure(
            "DynamoDB writes",
            _dollars(cost.writes),
            remark=f"{further.write_units / (MANY - FEW):g} units for each document",
        ),
        Figure(
            "DynamoDB reads",
            _dollars(cost.reads),
            remark=f"{further.read_units / (MANY - FEW):g} units for each document",
        ),
        Figure(
            f"doorbells, one for {DOCUMENTS_FOR_A_DOORBELL} documents",
            _dollars(cost.doorbells),
            remark=f"of its own: {describe(_of_the_doorbell(counts).requests)}",
        ),
        Figure(
            "Lambda, the drain's seconds",
            _dollars(cost.compute) if drain_seconds_for_a_document else "not measured",
            remark=f"{DRAIN_GIGABYTES:g} GB, 200 x 100 KB; needs the import to be measured too",
        ),
        Figure("logs", _dollars(cost.logs), remark=f"about {LOGGED_BYTES} bytes for each document"),
        Figure("together", _dollars(cost.total), aim="about $6"),
        Figure(
            "beside them, a million empty doorbells",
            _dollars(_for_a_doorbell(counts.empty)),
            remark=f"{describe(counts.empty.requests)}; without the drain's seconds",
        ),
    ]
    return Table("Cost: dollars for a million imported documents", "", lines)


def _cost(counts: Counts, drain_seconds: float) -> Cost:
    each = MANY - FEW
    return Cost(
        s3=counts.for_each_document["s3 PutObject"] * S3_PUT,
        writes=counts.further.write_units / each * WRITE_UNIT,
        reads=counts.further.read_units / each * READ_UNIT,
        doorbells=_for_a_doorbell(_of_the_doorbell(counts)) / DOCUMENTS_FOR_A_DOORBELL,
        compute=drain_seconds * DRAIN_GIGABYTES * LAMBDA_GB_SECOND,
        logs=LOGGED_BYTES / 1000 * LOGGED_GIGABYTE,
    )


def _for_a_doorbell(calls: AwsCalls) -> float:
    return (
        calls.write_units * WRITE_UNIT
        + calls.read_units * READ_UNIT
        + SQS_REQUESTS * SQS_REQUEST
        + INVOCATIONS * LAMBDA_REQUEST
        + HTTP_API_REQUEST
        + calls.requests["events PutEvents"] * HOST_EVENT
    )


def _of_the_doorbell(counts: Counts) -> AwsCalls:
    """What a doorbell that brings documents costs apart from them."""
    one = AwsCalls(
        Counter({name: int(count) for name, count in counts.for_each_document.items()}),
        counts.further.write_units / (MANY - FEW),
        counts.further.read_units / (MANY - FEW),
    )
    return counts.single.minus(one)


def _dollars(amount: float) -> str:
    return f"${amount:.2f}"
