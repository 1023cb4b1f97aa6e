"""The stand-in's inbox: an event on the host's bus becomes a mail that its user can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace

import boto3
import pytest

from local.host import Host
from local.host_app.expense_desk import ExpenseDesk
from local.host_app.site import Site
from local.host_expenses import HostExpenses
from local.inbox import Inbox, Mailbox
from shared.aws.host.event_bus import EventBus
from shared.domain.host_events import HostEvent
from testing.event_schemas import schema_of
from tests.integration.conftest import BUCKET, Aws
from tests.integration.local.test_host_app import API, Browser

READ = schema_of("ImportBatchRead")["examples"][0]
FAILED = schema_of("DocumentDeliveryFailed")["examples"][0]


@pytest.fixture
def inbox(aws: Aws) -> Iterator[Inbox]:
    with Host() as host:
        yield Inbox(SimpleNamespace(client=boto3.client), Mailbox(host.people, host.issuer))


@pytest.fixture
def site(inbox: Inbox) -> Iterator[Site]:
    deployment = SimpleNamespace(expenses_table="expenses", documents_bucket=BUCKET)
    world = SimpleNamespace(aws=SimpleNamespace(client=boto3.client), deployment=deployment)
    with Host() as host:
        yield Site(host, ExpenseDesk(HostExpenses(world)), API, None, inbox.mailbox)


def signed_in(site: Site, user_id: str) -> Browser:
    person = next(each for each in site.host.people if each.user_id == user_id)
    return Browser(site, person)


def shown(browser: Browser) -> str:
    return browser.get("/inbox").body.decode()


def test_everybody_sees_their_own_mails_in_their_language_and_no_others(inbox: Inbox, site: Site) -> None:
    EventBus("default").send(
        [HostEvent("ImportBatchRead", READ), HostEvent("DocumentDeliveryFailed", FAILED)]
    )

    inbox.look()

    alice, bob = signed_in(site, "alice"), signed_in(site, "bob")
    assert "Your 188 receipts are ready" in shown(alice)
    assert '<article class="card mail" lang="fr">' in shown(bob)
    assert "Vos 188" not in shown(bob)
    assert len(re.findall("<article", shown(alice))) == 1
    assert "No mails yet" in shown(signed_in(site, "alice-2"))


def test_the_page_learns_of_a_mail_that_came_since(inbox: Inbox, site: Site) -> None:
    alice = signed_in(site, "alice")
    before = alice.get("/inbox/number").body
    EventBus("default").send([HostEvent("ImportBatchRead", READ)])

    inbox.look()

    assert (before, alice.get("/inbox/number").body) == (b'{"number": 0}', b'{"number": 1}')
    assert 'data-number="1"' in shown(alice)


def test_an_event_that_comes_again_is_one_mail(inbox: Inbox, site: Site) -> None:
    for _ in range(3):
        EventBus("default").send([HostEvent("ImportBatchRead", READ)])

    inbox.look()

    assert len(inbox.mailbox.received) == 1


def test_what_somebody_wants_no_more_is_not_sent_to_them(inbox: Inbox, site: Site) -> None:
    alice = signed_in(site, "alice")
    answer = alice.post("/inbox", link="on", delivery="on")
    EventBus("default").send([HostEvent("ImportBatchRead", READ)])

    inbox.look()

    assert (answer.status, answer.headers["Location"]) == (303, "/inbox")
    assert inbox.mailbox.received == []
    assert 'name="batch" value="on">' in shown(alice)
    assert 'name="link" value="on" checked>' in shown(alice)


def test_the_inbox_is_for_who_is_signed_in(site: Site) -> None:
    assert Browser(site).get("/inbox").headers["Location"] == "/sign-in?next=%2Finbox"
    assert Browser(site).get("/inbox/number").status == 303
