"""What a million imported documents cost in AWS requests: counted calls times the public prices."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bench.aws_calls import AwsCalls
from bench.figures import Figure, Table
from bench.growth import FEW, MANY, Counts, describe


@dataclass(frozen=True, slots=True)
class Prices:
    """Public on-demand prices as remembered in November 2026, in dollars for a million; see docs/cost.md."""

    s3_put: float = 5.00
    write_unit: float = 0.625
    read_unit: float = 0.125
    sqs_request: float = 0.50
    http_api_request: float = 1.00
    lambda_request: float = 0.20
    host_event: float = 1.00  # for each 64 kB of it
    kms_request: float = 3.00
    lambda_gb_second: float = 13.3334
    logged_gigabyte: float = 0.50


PRICES = {
    "us-east-1": Prices(),
    "eu-west-1": Prices(write_unit=0.705, read_unit=0.141, http_api_request=1.11, logged_gigabyte=0.57),
    "eu-central-1": Prices(
        s3_put=5.40, write_unit=0.7625, read_unit=0.1525, http_api_request=1.20, logged_gigabyte=0.63
    ),
}
HERE = "us-east-1"
# The webhook's send, and the receive and the delete by Lambda's poller; the webhook and the drain.
SQS_REQUESTS, INVOCATIONS = 3, 2
DRAIN_GIGABYTES = 2.0
LOGGED_BYTES = 600
DOCUMENTS_FOR_A_DOORBELL = 20
# A doorbell that brings documents leaves two notes of its batch. Later they are deleted, one with its entry
# in an index, once the jobs of a user with two years of history are looked through, not consistently.
LATER_WRITE_UNITS, LATER_READ_UNITS = 3, 12
# A token is decrypted once in each execution environment that meets its link: at worst at every visit.
DECRYPTIONS = 1
# Of a user whose Dropbox is known to ring; four where it is not, or while notifications get lost.
VISITS_A_DAY, DAYS_A_MONTH = 1, 30
IDLE_DRAIN_SECONDS = 0.3
"""A listing of Dropbox, and some calls of AWS; the function waits for both."""


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
    seconds = drain_seconds_for_a_document or 0.0
    cost = _cost(counts, seconds, PRICES[HERE])
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
        Figure("together", _dollars(cost.total), aim="at most $12", remark=HERE),
        *(
            Figure(f"together in {region}", _dollars(_cost(counts, seconds, prices).total))
            for region, prices in PRICES.items()
            if region != HERE
        ),
        Figure(
            "a thousand linked users who drop nothing, a month",
            _dollars(_for_idle_users(counts, PRICES[HERE])),
            remark=f"{VISITS_A_DAY} visits a day: {describe(counts.empty.requests)}, a decryption, "
            f"{IDLE_DRAIN_SECONDS:g} s",
        ),
    ]
    return Table("Cost: dollars for a million imported documents", "", lines)


def _cost(counts: Counts, drain_seconds: float, prices: Prices) -> Cost:
    each = MANY - FEW
    return Cost(
        s3=counts.for_each_document["s3 PutObject"] * prices.s3_put,
        writes=counts.further.write_units / each * prices.write_unit,
        reads=counts.further.read_units / each * prices.read_unit,
        doorbells=_for_documents(_of_the_doorbell(counts), prices) / DOCUMENTS_FOR_A_DOORBELL,
        compute=drain_seconds * DRAIN_GIGABYTES * prices.lambda_gb_second,
        logs=LOGGED_BYTES / 1000 * prices.logged_gigabyte,
    )


def _for_a_doorbell(calls: AwsCalls, prices: Prices) -> float:
    return (
        calls.write_units * prices.write_unit
        + calls.read_units * prices.read_unit
        + SQS_REQUESTS * prices.sqs_request
        + INVOCATIONS * prices.lambda_request
        + prices.http_api_request
        + calls.requests["events PutEvents"] * prices.host_event
        + DECRYPTIONS * prices.kms_request
    )


def _for_documents(calls: AwsCalls, prices: Prices) -> float:
    later = LATER_WRITE_UNITS * prices.write_unit + LATER_READ_UNITS * prices.read_unit
    return _for_a_doorbell(calls, prices) + later


def _for_idle_users(counts: Counts, prices: Prices) -> float:
    """A thousand of them for a month; the sweep rings, so that no request comes in by the HTTP API."""
    a_visit = _for_a_doorbell(counts.empty, prices) - prices.http_api_request
    seconds = IDLE_DRAIN_SECONDS * DRAIN_GIGABYTES * prices.lambda_gb_second
    return 1_000 * VISITS_A_DAY * DAYS_A_MONTH * (a_visit + seconds) / 1e6


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
