"""The sweep against tables, index and queue."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest

from functions.sweep import handler
from functions.sweep.send_link_events import SendLinkEvents
from shared.aws.stores.event_outbox import EventOutbox
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.link_tables import LinkEventRow, LinkRow, SwitchRow
from shared.aws.stores.linking import add_link
from shared.aws.stores.transactions import transaction
from shared.domain.errors import AwsUnavailable, SweepIncomplete
from shared.domain.links import Link, LinkStatus, Purpose
from shared.doorbells.messages import CompanyDoorbell, Doorbell, RungBy
from testing.fakes.event_bus import FakeEventBus
from testing.fakes.failing import Failing, times
from tests.integration.conftest import Aws
from tests.lambda_context import FakeLambdaContext

# Recorded from a rule of EventBridge.
SCHEDULED: dict[str, Any] = {
    "version": "0",
    "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "123456789012",
    "time": "2026-11-22T09:00:00Z",
    "region": "eu-west-1",
    "resources": ["arn:aws:events:eu-west-1:123456789012:rule/sweep"],
    "detail": {},
}


@pytest.fixture
def links(aws: Aws) -> LinkStore:
    return LinkStore("links")


def _add(name: str, next_due: datetime | None, **fields: Any) -> Link:
    link = Link(
        link_id=f"user:{name}",
        purpose=fields.get("purpose", Purpose.AUTO_IMPORT),
        user_id=name,
        company_id="atelier",
        account_id=f"dbid:{name}",
        account_name=name,
        account_email=f"{name}@example.org",
        encrypted_token=b"ciphertext",
        status=LinkStatus.ACTIVE,
        generation=1,
        linked_at=datetime.now(UTC),
        next_due=next_due,
        heard_at=fields.get("heard_at"),
    )
    with transaction() as writes:
        add_link(writes, link, None)
    return link


REQUEST_ID = FakeLambdaContext().aws_request_id


def _sweep(seconds: float = 240) -> None:
    handler.lambda_handler(SCHEDULED, FakeLambdaContext(seconds))


def test_a_link_whose_notification_was_lost_is_rung(aws: Aws, links: LinkStore) -> None:
    now = datetime.now(UTC)
    _add("due", now)
    _add("later", now + timedelta(hours=1))
    _add("never", None)

    _sweep()

    assert aws.doorbells() == [Doorbell("dbid:due", correlation_id=REQUEST_ID, rung_by=RungBy.SWEEP)]


def test_the_host_is_sent_what_happened_to_links_once(
    aws: Aws, links: LinkStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = FakeEventBus()
    events = SendLinkEvents(EventOutbox("links"), bus.send)
    monkeypatch.setattr(handler, "composed_for_events", lambda: events)
    store, link = LinkStore("links", "audit_trail"), _add("alice", None)
    store.unlink(link, by="alice", at=datetime.now(UTC))

    _sweep()
    _sweep()

    [event] = bus.of("LinkChanged")
    assert (event["change"], event["by"], event["account_id"]) == ("unlinked", "alice", "dbid:alice")
    assert (event["id"], event["correlation_id"]) == ("LinkChanged/user:alice/2", REQUEST_ID)
    assert list(LinkEventRow.scan()) == []


def test_what_the_host_could_not_be_sent_is_sent_by_the_next_sweep(
    aws: Aws, links: LinkStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = FakeEventBus()
    failing = Failing(bus, send=times(1, AwsUnavailable("throttled")))
    events = SendLinkEvents(EventOutbox("links"), failing.send)
    monkeypatch.setattr(handler, "composed_for_events", lambda: events)
    LinkStore("links", "audit_trail").unlink(_add("alice", None), by="alice", at=datetime.now(UTC))

    with pytest.raises(SweepIncomplete):
        _sweep()
    _sweep()

    assert len(bus.of("LinkChanged")) == 1


def test_a_company_is_rung_on_the_synchronisation_queue(aws: Aws, links: LinkStore) -> None:
    _add("bob", datetime.now(UTC), purpose=Purpose.SYNCHRONISATION)

    _sweep()

    assert aws.company_doorbells() == [CompanyDoorbell("atelier", correlation_id=REQUEST_ID)]
    assert aws.doorbells() == []


def test_a_link_is_rung_once_and_then_watched(aws: Aws, links: LinkStore) -> None:
    now = datetime.now(UTC)
    _add("alice", now)

    _sweep()
    _sweep()

    assert aws.doorbells() == [Doorbell("dbid:alice", correlation_id=REQUEST_ID, rung_by=RungBy.SWEEP)]
    link = links.get("user:alice")
    assert link.next_due - link.rung_at == timedelta(hours=1)
    assert now <= link.rung_at


def test_nothing_is_rung_while_the_operator_has_paused_everything(aws: Aws, links: LinkStore) -> None:
    _add("alice", datetime.now(UTC))
    SwitchRow("control:all", paused=True).save()
    _sweep()
    meanwhile = aws.doorbells()

    SwitchRow("control:all").delete()
    _sweep()

    assert (meanwhile, aws.doorbells()) == (
        [],
        [Doorbell("dbid:alice", correlation_id=REQUEST_ID, rung_by=RungBy.SWEEP)],
    )


def test_hundreds_of_links_are_all_rung(aws: Aws, links: LinkStore) -> None:
    names = [f"person-{number}" for number in range(120)]
    for name in names:
        _add(name, datetime.now(UTC))

    _sweep()

    assert sorted(doorbell.account_id for doorbell in aws.doorbells()) == sorted(
        f"dbid:{name}" for name in names
    )


def test_a_sweep_that_could_not_ring_fails_for_the_alarm_and_is_made_up_for(
    aws: Aws, links: LinkStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add("alice", datetime.now(UTC))
    monkeypatch.setenv("IMPORT_QUEUE_URL", f"{aws.queue_url}-gone")

    with pytest.raises(SweepIncomplete):
        _sweep()

    handler.composed.cache_clear()
    monkeypatch.setenv("IMPORT_QUEUE_URL", aws.queue_url)
    _sweep()
    assert aws.doorbells() == [Doorbell("dbid:alice", correlation_id=REQUEST_ID, rung_by=RungBy.SWEEP)]


def test_a_sweep_counts_that_it_came_to_its_end_and_how_long_links_were_not_looked_at(
    aws: Aws, links: LinkStore, capsys: pytest.CaptureFixture[str]
) -> None:
    _add("alice", datetime.now(UTC))
    _add("bob", datetime.now(UTC), purpose=Purpose.SYNCHRONISATION)
    LinkRow("user:bob").update([LinkRow.linked_at.set("2026-11-01T00:00:00.000000Z")])

    _sweep()

    [line] = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    assert line["RunsCompleted"] == [1]
    assert line["ImportLookAgeSeconds"][0] < 60
    assert line["DeliveryLookAgeSeconds"][0] > 86400


def test_while_notifications_get_lost_links_are_looked_at_within_hours(aws: Aws, links: LinkStore) -> None:
    now = datetime.now(UTC)
    _add("alice", now + timedelta(hours=17), heard_at=now)
    _add("bob", now + timedelta(hours=20), heard_at=now)
    _sweep()
    relying = aws.doorbells()
    links.note_missed_notification(now)

    _sweep()

    assert relying == []
    assert aws.doorbells() == [Doorbell("dbid:alice", correlation_id=REQUEST_ID, rung_by=RungBy.SWEEP)]


def test_without_time_nothing_is_rung_and_everything_stays_due(aws: Aws, links: LinkStore) -> None:
    link = _add("alice", datetime.now(UTC))

    _sweep(seconds=1)

    assert aws.doorbells() == []
    assert links.get("user:alice").next_due == link.next_due


def test_the_log_says_what_the_sweep_came_to(
    aws: Aws, links: LinkStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = StringIO()
    for log_handler in handler.logger.handlers:
        monkeypatch.setattr(log_handler, "stream", stream)
    _add("alice", datetime.now(UTC))

    _sweep()

    assert '"rung":1' in stream.getvalue()
