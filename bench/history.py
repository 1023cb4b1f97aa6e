"""What each call of the page, each doorbell and a sweep cost, by how long the history is that lies there.

The real handlers and adapters against an emulated AWS; `GROWTH_ROWS` is the longest history.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import boto3
from aws_lambda_powertools.utilities.typing import LambdaContext

from bench import row_sizes
from bench.bulk_rows import Order, put_copies
from bench.figures import Figure, Table
from bench.linked_company import LinkedCompany, linked_company
from bench.linked_user import USER, LinkedUser, linked_user
from functions.page_api import asking
from functions.page_api import handler as page
from functions.sweep import handler as sweep
from shared.aws.stores.delivery_rows import failed_key, to_delivery_row
from shared.aws.stores.import_rows import to_import_record_row
from shared.domain import deliveries
from shared.domain.timestamps import to_iso
from testing.tables import TABLE_NAMES

HISTORIES = (10, 10_000, int(os.environ.get("GROWTH_ROWS", "1000000")))
MOST_READ = 10_000
IN_A_BATCH, ONE_REJECTED_IN = 20, 100
_REJECTED = "/Apps/Jenji/Rejected/Unreadable"
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_ENVIRONMENT = {
    **TABLE_NAMES,
    "AUDIT_KEPT_DAYS": "3650",
    "AUTO_IMPORT_APP_NAME": "Jenji",
    "DOCUMENTS_BUCKET": "documents",
    "EVENT_BUS_NAME": "default",
    "SWEEP_HOURS": "6",
    "POWERTOOLS_METRICS_DISABLED": "true",
}
ALICE = {
    "sub": USER.user_id,
    "company_id": USER.company_id,
    "role": "employee",
    "plan": "team",
    "exp": "4102444800",
}
BOB = ALICE | {"sub": "bob", "role": "administrator"}
OF_USERS = (
    "/links",
    "/imports/batches",
    "/imports/files",
    "/imports/files?outcome=rejected",
    "/imports/files?search=nowhere",
    "/imports/waiting",
    "/imports/receipt?batch_id={batch}",
)
OF_COMPANIES = (
    "/links",
    "/deliveries",
    "/deliveries?state=failed",
    "/deliveries?search=nowhere",
    "/deliveries/again",
    "/sharing",
    "/proofs",
    "/filing",
    "/company/links",
)
MONTHS = "/company/months"
"""Reads what it counts: of a million the emulator would make each row."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Requests to AWS, DynamoDB's units and calls of Dropbox."""

    requests: float
    read_units: float
    write_units: float
    dropbox_calls: int

    def __str__(self) -> str:
        units = f"{self.requests:g} requests, {self.read_units:g} read, {self.write_units:g} write"
        return f"{units}, {self.dropbox_calls} Dropbox" if self.dropbox_calls else units


Costs = Mapping[str, Cost]


def measure() -> Iterable[Table]:
    """What a user's history makes dearer, and what a company's does."""
    yield _as_table("Growth: by the imports of a user", [_of_user(each) for each in HISTORIES])
    yield _as_table("Growth: by the deliveries of a company", [_of_company(each) for each in HISTORIES])


def _as_table(title: str, costs: list[Costs]) -> Table:
    """After the longest history; what is not the same after the shorter ones is told."""
    lines = [
        Figure(what, str(costs[-1].get(what, "not counted")), aim="the same", remark=_shorter(what, costs))
        for what in costs[0]
    ]
    return Table(f"{title}, after {HISTORIES[-1]:,}", "", lines)


def _shorter(what: str, costs: list[Costs]) -> str:
    others = zip(HISTORIES[:-1], costs[:-1], strict=True)
    return "; ".join(
        f"after {rows:,}: {each[what]}" for rows, each in others if each[what] != costs[-1].get(what)
    )


def _of_user(rows: int) -> Costs:
    with linked_user() as user:
        _prepare(user)
        user.answer_doorbell()  # decrypts the token and refreshes it
        _put_imports(user, rows)
        costs = {f"GET {path}": _asked(user, ALICE, path.format(batch=_batch(0))) for path in OF_USERS}
        costs["a doorbell that finds nothing"] = _cost(user, user.answer_doorbell)
        costs["one that finds a document"] = _cost(
            user, lambda: user.answer_doorbell([f"after {rows}".encode()])
        )
        costs["a sweep with nothing due"] = _cost(user, _sweep)
    return costs


def _of_company(rows: int) -> Costs:
    with linked_company() as company:
        _prepare(company)
        company.answer_doorbell()
        _put_deliveries(company.account.id, rows)
        paths = OF_COMPANIES if rows > MOST_READ else (*OF_COMPANIES, MONTHS)
        costs = {f"GET {path}": _asked(company, BOB, path) for path in paths}
        costs["a doorbell that finds nothing"] = _cost(company, company.answer_doorbell)
        costs["one that finds a document"] = _cost(
            company, lambda: company.answer_doorbell([f"after {rows}".encode()])
        )
    return costs


def _prepare(world: LinkedUser | LinkedCompany) -> None:
    """Have the handlers find their tables, as Lambda's environment tells them."""
    queue = boto3.client("sqs").create_queue(QueueName="any.fifo", Attributes={"FifoQueue": "true"})
    names = ("IMPORT_QUEUE_URL", "SYNC_QUEUE_URL", "READING_QUEUE_URL")
    os.environ.update(_ENVIRONMENT | dict.fromkeys(names, queue["QueueUrl"]))
    for composed in (
        asking.composed,
        sweep.composed,
        sweep.composed_for_readings,
        sweep.composed_for_batches,
        sweep.composed_for_events,
    ):
        composed.cache_clear()
    for handler in (page, sweep):
        handler.logger.setLevel("CRITICAL")
    asking.composed()
    world.clock.now = datetime.now(UTC)


def _put_imports(user: LinkedUser, count: int) -> None:
    """A record for each; one in a hundred was rejected, and lies where it was moved."""
    record = replace(row_sizes._record(), user_id=USER.user_id, account_id=user.account.id)
    rejected = range(ONE_REJECTED_IN - 1, count, ONE_REJECTED_IN)
    there = {number: user.account.write(f"{_REJECTED}/{number}.pdf", b"%d" % number) for number in rejected}

    def changed(number: int) -> Mapping[str, str | None]:
        at = to_iso(_moment(number))
        is_rejected = number in there
        file_id = there.get(number, f"id:!{number:020}")  # before the emulator's, in the order of keys
        return {
            "batch_id": _batch(number),
            "visit_key": f"{_batch(number)}#{file_id}#{record.content_hash}#0001",
            "file_id": file_id,
            "expense_id": None if is_rejected else f"earlier-{number}",
            "outcome": "rejected" if is_rejected else "imported",
            "reason": "unreadable" if is_rejected else None,
            "rejected": f"{user.account.id}#{at}" if is_rejected else None,
            "notified_at": at,
            "recorded_at": at,
        }

    put_copies(
        to_import_record_row(record),
        changed,
        Order("visit_key", range(count)),
        rejected=Order("rejected", rejected),
    )


def _put_deliveries(account_id: str, count: int) -> None:
    """A delivery for each; one in a hundred has failed."""
    delivered = row_sizes._delivered()
    key = replace(delivered.key, company_id=USER.company_id, account_id=account_id)
    delivered = replace(delivered, key=key)

    def changed(number: int) -> Mapping[str, str | None]:
        at = to_iso(_moment(number))
        has_failed = number % ONE_REJECTED_IN == 0
        return {
            "delivery_key": f"{account_id}#{number:020}#document",
            "expense_id": f"earlier-{number}",
            "status": "FAILED" if has_failed else "DELIVERED",
            "reason": "path_taken" if has_failed else None,
            "failed": failed_key(account_id, _moment(number)) if has_failed else None,
            "changed_at": at,
            "delivered_at": None if has_failed else at,
        }

    put_copies(
        to_delivery_row(delivered, deliveries.KEPT_FOR),
        changed,
        Order("delivery_key", range(count)),
        changed_at=Order("changed_at", range(count)),
        failed=Order("failed", range(0, count, ONE_REJECTED_IN)),
    )


def _moment(number: int) -> datetime:
    return BEGAN + timedelta(seconds=20 * number)


def _batch(number: int) -> str:
    first = number - number % IN_A_BATCH
    return f"{_moment(first):%Y%m%dT%H%M%S}000000-{first % 0x1000000:06x}"


def _asked(world: LinkedUser | LinkedCompany, claims: Mapping[str, str], path: str) -> Cost:
    """A call of the page, answered well."""
    answers: list[dict[str, Any]] = []
    cost = _cost(world, lambda: answers.append(page.lambda_handler(_event(claims, path), _Context())))
    [answer] = answers
    if answer["statusCode"] != 200:
        raise RuntimeError(f"{path}: {answer['body']}")
    return cost


def _cost(world: LinkedUser | LinkedCompany, act: Callable[[], object]) -> Cost:
    before = replace(world.calls, requests=Counter(world.calls.requests))
    world.emulator.calls.clear()
    act()
    more, dropbox = world.calls.minus(before), sum(1 for _ in world.emulator.calls.records())
    return Cost(sum(more.requests.values()), more.read_units, more.write_units, dropbox)


def _sweep() -> None:
    sweep.lambda_handler({}, _Context())


def _event(claims: Mapping[str, str], path: str) -> dict[str, Any]:
    """What API Gateway hands over: payload version 2.0."""
    path, _, query = path.partition("?")
    return {
        "version": "2.0",
        "routeKey": f"GET {path}",
        "rawPath": path,
        "rawQueryString": query,
        "queryStringParameters": {name: values[0] for name, values in parse_qs(query).items()},
        "headers": {},
        "requestContext": {
            "http": {"method": "GET", "path": path},
            "requestId": "BoG0xhRAjoEEPwA=",
            "stage": "$default",
            "authorizer": {"jwt": {"claims": dict(claims)}},
        },
        "isBase64Encoded": False,
    }


class _Context(LambdaContext):
    """An invocation with as much time as it likes: here, a query of the emulator's takes seconds."""

    def __init__(self) -> None:
        self._function_name = self._function_version = "function"
        self._memory_limit_in_mb = 1024
        self._invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:function"
        self._aws_request_id = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 240_000
