"""Webhooks: the challenge, signed notifications, retries, and what is not told."""

import hashlib
import hmac
import json
from itertools import pairwise

import pytest

from local.dropbox_emulator import (
    AUTO_IMPORT_APP,
    SYNCHRONISATION_APP,
    DropboxEmulator,
    WebhookPolicy,
    WebhookRefused,
)
from testing.clocks import SecondsClock

ROOT = "/Apps/Jenji"


@pytest.fixture
def hooked(emulator, client, receiver):
    """The auto-import app linked to Alice's account, with its webhook registered."""
    emulator.register_webhook(AUTO_IMPORT_APP.key, receiver.url)
    return emulator


def test_a_webhook_that_does_not_echo_is_refused(emulator, receiver):
    receiver.echoes = False

    with pytest.raises(WebhookRefused):
        emulator.register_webhook(AUTO_IMPORT_APP.key, receiver.url)

    assert emulator.apps[AUTO_IMPORT_APP.key].webhook_url is None


def test_a_webhook_that_is_not_there_is_refused(emulator):
    with pytest.raises(WebhookRefused):
        emulator.register_webhook(AUTO_IMPORT_APP.key, "http://127.0.0.1:1/")


def test_a_change_is_notified_with_a_signature(hooked, receiver, alice):
    alice.write(f"{ROOT}/a.pdf", b"1")

    assert hooked.webhooks.wait_until_idle()
    ((headers, body),) = receiver.requests
    expected = hmac.new(AUTO_IMPORT_APP.secret.encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Dropbox-Signature"] == expected
    assert json.loads(body) == {
        "list_folder": {"accounts": [alice.id]},
        "delta": {"users": [alice.owner.uid]},
    }


def test_the_app_s_own_changes_are_notified_too(hooked, receiver, client, alice):
    client.files_upload(b"1", "/a.pdf")

    assert hooked.webhooks.wait_until_idle()
    assert receiver.accounts() == [[alice.id]]


def test_many_changes_at_once_are_few_notifications(hooked, receiver, alice):
    receiver.gate.clear()
    for number in range(50):
        alice.write(f"{ROOT}/{number}", b"1")
    receiver.gate.set()

    assert hooked.webhooks.wait_until_idle()
    assert 1 <= len(receiver.requests) < 25


@pytest.mark.parametrize("path", ["/private.pdf", "/Jenji/a.pdf", "/Apps/Jenji Sync/a.pdf"])
def test_changes_an_app_cannot_see_are_not_notified(hooked, receiver, alice, path):
    alice.write(path, b"1")

    assert hooked.webhooks.wait_until_idle()
    assert receiver.requests == []


def test_deleting_the_app_folder_s_parent_is_notified(hooked, receiver, alice):
    alice.delete("/Apps")

    assert hooked.webhooks.wait_until_idle()
    assert receiver.accounts() == [[alice.id]]


def test_reading_is_not_notified(hooked, receiver, client):
    client.files_list_folder("")

    assert hooked.webhooks.wait_until_idle()
    assert receiver.requests == []


def test_an_account_that_has_not_linked_the_app_is_not_notified(hooked, receiver):
    hooked.add_account("bob").write(f"{ROOT}/a.pdf", b"1")

    assert hooked.webhooks.wait_until_idle()
    assert receiver.requests == []


def test_an_unlinked_account_is_not_notified_any_more(hooked, receiver, client, alice):
    client.auth_token_revoke()

    alice.write(f"{ROOT}/a.pdf", b"1")

    assert hooked.webhooks.wait_until_idle()
    assert receiver.requests == []


def test_a_full_access_app_hears_of_everything(emulator, full_client, receiver, alice):
    emulator.register_webhook(SYNCHRONISATION_APP.key, receiver.url)

    alice.write("/anywhere.pdf", b"1")

    assert emulator.webhooks.wait_until_idle()
    assert receiver.accounts() == [[alice.id]]


def test_a_failed_notification_is_tried_again(hooked, receiver, alice):
    receiver.statuses = [500, 429]
    alice.write(f"{ROOT}/a.pdf", b"1")

    assert hooked.webhooks.wait_until_idle()
    assert [delivery.status for delivery in hooked.webhooks.deliveries()] == [500, 429, 200]
    assert receiver.accounts() == [[alice.id]] * 3


def test_a_notification_is_given_up_in_the_end(hooked, receiver, alice):
    receiver.statuses = [500] * 9
    alice.write(f"{ROOT}/a.pdf", b"1")

    assert hooked.webhooks.wait_until_idle()
    assert len(receiver.requests) == 4


def test_a_failing_webhook_is_tried_for_ten_minutes_with_growing_pauses(receiver, eventually):
    clock = SecondsClock()
    receiver.statuses = [500] * 20
    with DropboxEmulator(webhook_clock=clock) as emulator:
        alice = emulator.add_account("alice")
        emulator.link(AUTO_IMPORT_APP.key, alice)
        emulator.register_webhook(AUTO_IMPORT_APP.key, receiver.url)
        alice.write(f"{ROOT}/a.pdf", b"1")

        times = []
        while (due := emulator.webhooks.next_due()) is not None:
            clock.now = due
            times.append(due)
            emulator.webhooks.look_again()
            eventually(lambda: len(emulator.webhooks.deliveries()) == len(times))

    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert pauses == pytest.approx(WebhookPolicy().retries)
    assert list(WebhookPolicy().retries) == sorted(WebhookPolicy().retries)
    assert times[-1] - times[0] == pytest.approx(600)


def test_a_notification_waits_for_the_clock(receiver):
    clock = SecondsClock()
    with DropboxEmulator(webhook_clock=clock) as emulator:
        alice = emulator.add_account("alice")
        emulator.link(AUTO_IMPORT_APP.key, alice)
        emulator.register_webhook(AUTO_IMPORT_APP.key, receiver.url)
        alice.write(f"{ROOT}/a.pdf", b"1")

        assert not emulator.webhooks.wait_until_idle(timeout=0.1)
        assert receiver.requests == []
        clock.now += 1
        emulator.webhooks.look_again()
        assert emulator.webhooks.wait_until_idle()
        assert receiver.accounts() == [[alice.id]]


def test_a_slow_webhook_delays_no_call(hooked, receiver, client, alice, eventually):
    receiver.gate.clear()
    alice.write(f"{ROOT}/a.pdf", b"1")
    eventually(lambda: receiver.requests)

    client.files_upload(b"2", "/b.pdf")

    assert not hooked.webhooks.wait_until_idle(timeout=0)
    receiver.gate.set()
    assert hooked.webhooks.wait_until_idle()
    assert len(receiver.requests) == 2


def test_two_accounts_can_share_a_notification(hooked, receiver, connect, alice, eventually):
    bob = hooked.add_account("bob")
    connect(AUTO_IMPORT_APP, bob)
    assert hooked.webhooks.wait_until_idle()
    receiver.requests.clear()
    receiver.gate.clear()
    alice.write(f"{ROOT}/first", b"1")
    eventually(lambda: receiver.requests)
    alice.write(f"{ROOT}/a", b"1")
    bob.write(f"{ROOT}/b", b"1")
    receiver.gate.set()

    assert hooked.webhooks.wait_until_idle()
    assert {account for accounts in receiver.accounts() for account in accounts} == {alice.id, bob.id}
