"""Step 3: only who started confirms; one link, whatever is repeated, raced or broken off."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from local.dropbox_emulator import (
    AUTO_IMPORT_APP,
    BadCall,
    Call,
    Effect,
    Fault,
    Forbidden,
    HtmlPage,
    Proceed,
    RawAnswer,
    Rewritten,
    TokenRefused,
    Unauthorized,
)
from shared.aws.stores.attempt_tables import LinkAttemptRow
from shared.aws.stores.link_store import LinkStore
from shared.aws.token_cipher import TokenCipher
from shared.domain.encryption_contexts import refresh_token_context
from shared.domain.errors import LinkChanged
from shared.domain.links import Batch, LinkProblem, LinkStatus, Purpose
from shared.doorbells.messages import Doorbell
from tests.http_events import REQUEST_ID
from tests.integration.oauth_callback.conftest import ALICE, BOB, Linking, delete_table


def test_a_confirmed_handle_becomes_a_link(linking: Linking) -> None:
    answer = linking.confirm(linking.handle())

    assert answer["statusCode"] == 200
    assert json.loads(answer["body"]) == {
        "purpose": "auto_import",
        "status": "ACTIVE",
        "account": {"name": "Alice", "email": "alice@example.com"},
    }
    link = linking.link()
    assert link is not None
    assert (link.user_id, link.company_id, link.account_id) == ("alice", "atelier", linking.account.id)
    assert (link.status, link.generation, link.next_due) == (LinkStatus.ACTIVE, 1, linking.clock())


def test_the_account_is_reserved_for_the_link(linking: Linking) -> None:
    linking.confirm(linking.handle())

    found = LinkStore("links").find_by_account(linking.account.id, Purpose.AUTO_IMPORT)
    assert found == linking.link()


def test_the_refresh_token_is_kept_encrypted_and_works(linking: Linking) -> None:
    linking.confirm(linking.handle())

    link = linking.link()
    context = refresh_token_context("user:alice", "auto_import")
    token = TokenCipher(linking.aws.key_id).decrypt(link.encrypted_token, context)
    app = linking.composition.confirm_link.apps[Purpose.AUTO_IMPORT]
    app.open_account(token).ensure_folder("/Auto-Import")
    assert token.encode() not in link.encrypted_token


def test_the_folder_is_there_and_the_first_doorbell_rings(linking: Linking) -> None:
    linking.confirm(linking.handle())

    assert "/Apps/Jenji/Auto-Import" in linking.account.folders()
    assert linking.aws.doorbells() == [Doorbell(linking.account.id, correlation_id=REQUEST_ID)]


def test_nothing_is_left_of_code_and_verifier(linking: Linking) -> None:
    linking.confirm(linking.handle())

    row = linking.attempt()
    assert (row.encrypted_code, row.code_verifier) == (None, None)
    assert (row.completed_at is not None, row.link_generation) == (True, 1)


def test_a_confirm_repeated_gives_the_same_answer(linking: Linking) -> None:
    handle = linking.handle()
    first = linking.confirm(handle)
    linking.clock.advance(hours=3)

    again = linking.confirm(handle)

    assert again == first
    assert linking.link().generation == 1
    assert linking.emulator.calls.count("oauth2/token", status=200) == 2  # The code, and the folder's token.


def test_two_confirms_at_once_make_one_link_and_both_succeed(linking: Linking) -> None:
    handle = linking.handle()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(linking.confirm, [handle] * 2))

    assert answers[0] == answers[1]
    assert answers[0]["statusCode"] == 200
    assert linking.link().generation == 1
    assert len(linking.link_rows()) == 2


def test_another_user_cannot_confirm(linking: Linking) -> None:
    handle = linking.handle(ALICE)

    answer = linking.confirm(handle, BOB)

    assert linking.error(answer) == (403, "other_user")
    assert linking.link_rows() == {}


def test_the_same_person_in_another_company_cannot_confirm(linking: Linking) -> None:
    handle = linking.handle(ALICE)

    answer = linking.confirm(handle, ALICE | {"company_id": "elsewhere"})

    assert linking.error(answer) == (403, "other_user")


def test_another_user_cannot_even_repeat_a_confirm(linking: Linking) -> None:
    handle = linking.handle(ALICE)
    linking.confirm(handle)

    answer = linking.confirm(handle, BOB)

    assert linking.error(answer) == (403, "other_user")


def test_nobody_confirms_without_a_session(linking: Linking) -> None:
    answer = linking.post("/links/confirm", json.dumps({"handle": linking.handle()}), None)

    assert linking.error(answer) == (401, "not_signed_in")


@pytest.mark.parametrize(
    "handle", [None, "", 7, [], {}, "garbage", "x" * 3000, "é☃", "0" * 32 + "." + "a" * 43, "\ud800"]
)
def test_a_handle_that_is_not_ours_is_refused(handle: object, linking: Linking) -> None:
    answer = linking.confirm(handle)

    assert linking.error(answer) == (400, "invalid_request")


def test_the_state_is_no_handle(linking: Linking) -> None:
    query = linking.consented()
    linking.redirect(query)
    state = dict(part.split("=") for part in query.split("&"))["state"]

    answer = linking.confirm(state)

    assert linking.error(answer) == (400, "invalid_request")


def test_a_state_that_was_never_redirected_is_no_handle(linking: Linking) -> None:
    query = linking.consented()
    state = dict(part.split("=") for part in query.split("&"))["state"]

    answer = linking.confirm(state)

    assert linking.error(answer) == (400, "invalid_request")


@pytest.mark.parametrize("body", [None, "", "garbage", "[]", "{}"])
def test_a_request_without_a_handle_is_malformed(body: str | None, linking: Linking) -> None:
    answer = linking.post("/links/confirm", body, ALICE)

    assert linking.error(answer) == (400, "invalid_request")


def test_an_expired_attempt_has_to_start_again(linking: Linking) -> None:
    handle = linking.handle()
    linking.clock.advance(minutes=10)

    answer = linking.confirm(handle)

    assert linking.error(answer) == (410, "expired")
    assert linking.link_rows() == {}


def test_a_dead_code_has_to_start_again(linking: Linking) -> None:
    query = linking.consented()
    code = dict(part.split("=") for part in query.split("&"))["code"]
    handle = linking.returned(linking.redirect(query.replace(code, "a-dead-code")))["handle"]

    answer = linking.confirm(handle)

    assert linking.error(answer) == (410, "expired")
    assert linking.link_rows() == {}


def test_a_code_granted_to_another_attempt_is_useless(linking: Linking) -> None:
    """PKCE: a stolen code put into one's own redirect does not fit one's own verifier."""
    stolen = linking.consented(ALICE)
    code = dict(part.split("=") for part in stolen.split("&"))["code"]
    own = linking.consented(BOB)
    own_code = dict(part.split("=") for part in own.split("&"))["code"]
    handle = linking.returned(linking.redirect(own.replace(own_code, code)))["handle"]

    answer = linking.confirm(handle, BOB)

    assert linking.error(answer) == (410, "expired")
    assert linking.link_rows() == {}


def test_an_account_reserved_by_another_user_is_refused_clearly(linking: Linking) -> None:
    linking.confirm(linking.handle(ALICE))
    before = linking.link()

    answer = linking.confirm(linking.handle(BOB), BOB)

    assert linking.error(answer) == (409, "account_already_linked")
    assert "already linked" in json.loads(answer["body"])["error"]["message"]
    assert linking.link("bob") is None
    assert LinkStore("links").find_by_account(linking.account.id, Purpose.AUTO_IMPORT) == before


def test_a_grant_without_a_scope_we_need_is_refused(linking: Linking) -> None:
    handle = linking.handle(scope="account_info.read files.metadata.read")

    answer = linking.confirm(handle)

    assert linking.error(answer) == (403, "missing_scope")
    assert linking.link_rows() == {}


def test_relinking_the_same_account_makes_a_new_generation_and_keeps_the_reservation(
    linking: Linking,
) -> None:
    linking.confirm(linking.handle())
    links, old = LinkStore("links"), linking.link()
    batch = Batch("a-batch", 3, linking.clock())
    links.update(
        old,
        status=LinkStatus.RECONNECT,
        problem=LinkProblem.TOKEN_REVOKED,
        not_before=linking.clock() + timedelta(hours=1),
        last_clean_listing=linking.clock(),
        doorbell_id="a-doorbell",
        doorbell_waits=2,
        batch=batch,
    )

    answer = linking.confirm(linking.handle())

    assert answer["statusCode"] == 200
    link = linking.link()
    assert (link.generation, link.status, link.problem) == (2, LinkStatus.ACTIVE, None)
    assert (link.not_before, link.last_clean_listing, link.batch, link.doorbell_waits) == (
        None,
        None,
        batch,  # what was dropped together counts together
        0,
    )
    assert links.find_by_account(linking.account.id, Purpose.AUTO_IMPORT) == link


def test_a_late_error_of_the_old_token_does_not_break_the_new_link(linking: Linking) -> None:
    linking.confirm(linking.handle())
    old = linking.link()
    linking.confirm(linking.handle())

    with pytest.raises(LinkChanged):
        LinkStore("links").update(old, status=LinkStatus.RECONNECT)

    assert linking.link().status is LinkStatus.ACTIVE


def test_relinking_to_another_account_releases_the_old_one(linking: Linking) -> None:
    another = linking.emulator.add_account("another")
    linking.confirm(linking.handle(ALICE))
    linking.confirm(linking.handle(ALICE, another))

    answer = linking.confirm(linking.handle(BOB, linking.account), BOB)

    assert answer["statusCode"] == 200
    links = LinkStore("links")
    assert links.find_by_account(another.id, Purpose.AUTO_IMPORT) == linking.link("alice")
    assert links.find_by_account(linking.account.id, Purpose.AUTO_IMPORT) == linking.link("bob")


def test_a_confirm_of_a_link_that_was_made_anew_since_does_not_describe_the_new_one(linking: Linking) -> None:
    first = linking.handle()
    linking.confirm(first)
    linking.confirm(linking.handle(ALICE, linking.emulator.add_account("another")))

    answer = linking.confirm(first)

    assert linking.error(answer) == (409, "already_used")


def test_of_two_attempts_of_one_user_the_first_is_over_once_the_second_is_started(linking: Linking) -> None:
    first, second = linking.handle(), linking.handle()

    answers = [linking.confirm(first), linking.confirm(second)]

    assert linking.error(answers[0]) == (410, "expired")
    assert answers[1]["statusCode"] == 200
    assert linking.link().generation == 1


def test_who_left_an_account_that_somebody_else_has_linked_since_links_another(linking: Linking) -> None:
    linking.confirm(linking.handle(ALICE))
    links = LinkStore("links", "audit_trail")
    links.unlink(linking.link(), by="alice", at=linking.clock())
    linking.confirm(linking.handle(BOB), BOB)
    another = linking.emulator.add_account("another")

    answer = linking.confirm(linking.handle(ALICE, another))

    assert answer["statusCode"] == 200
    assert linking.link("alice").account_id == another.id
    assert linking.link("bob").account_id == linking.account.id


def test_a_dead_code_is_answered_at_once(linking: Linking, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = linking.handle()
    waits: list[float] = []
    confirm = replace(linking.composition.confirm_link, sleep=waits.append)
    monkeypatch.setattr(linking.composition, "confirm_link", confirm)
    # To Dropbox it is as dead as one that expired.
    LinkAttemptRow(handle.partition(".")[0]).update([LinkAttemptRow.code_verifier.set("w" * 43)])

    answers = [linking.confirm(handle) for _ in range(2)]

    assert [linking.error(answer) for answer in answers] == [(410, "expired")] * 2
    assert waits == []


def test_two_users_who_confirm_one_account_at_once_end_as_one_link(linking: Linking) -> None:
    confirms = [(linking.handle(ALICE), ALICE), (linking.handle(BOB), BOB)]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda confirm: linking.confirm(*confirm), confirms))

    assert sorted(answer["statusCode"] for answer in answers) == [200, 409]
    assert len(linking.link_rows()) == 2


def test_a_dropbox_that_fails_before_the_code_is_spent_asks_to_try_again(linking: Linking) -> None:
    handle = linking.handle()
    _fail(linking, "oauth2/token", times=1)

    answers = [linking.confirm(handle), linking.confirm(handle)]

    assert linking.error(answers[0]) == (503, "try_again")
    assert answers[1]["statusCode"] == 200


def test_a_confirm_that_died_after_spending_the_code_starts_again_and_leaves_nothing(
    linking: Linking,
) -> None:
    handle = linking.handle()
    _fail(linking, "users/get_current_account", times=9)
    answer = linking.confirm(handle)
    _fail(linking, "", times=0)

    again = linking.confirm(handle)

    assert linking.error(answer) == (503, "try_again")
    assert linking.error(again) == (410, "expired")
    assert linking.link_rows() == {}
    assert linking.confirm(linking.handle())["statusCode"] == 200


def test_an_owner_that_is_not_readable_at_once_is_asked_again(linking: Linking) -> None:
    handle = linking.handle()
    _fail(linking, "users/get_current_account", times=1)

    answer = linking.confirm(handle)

    assert answer["statusCode"] == 200


def test_a_folder_that_cannot_be_created_now_is_left_to_the_drain(linking: Linking) -> None:
    handle = linking.handle()
    _fail(linking, "files/create_folder_v2", times=99)

    answer = linking.confirm(handle)

    assert answer["statusCode"] == 200
    assert linking.aws.doorbells() == [Doorbell(linking.account.id, correlation_id=REQUEST_ID)]
    assert '"beginning":"folder"' in linking.log.getvalue()


def test_a_doorbell_that_cannot_be_rung_is_left_to_the_sweep(linking: Linking) -> None:
    handle = linking.handle()
    linking.aws.sqs.delete_queue(QueueUrl=linking.aws.queue_url)

    answer = linking.confirm(handle)

    assert answer["statusCode"] == 200
    assert linking.link().next_due == linking.clock()
    assert "/Apps/Jenji/Auto-Import" in linking.account.folders()
    assert '"beginning":"doorbell"' in linking.log.getvalue()


def test_an_aws_that_fails_at_the_transaction_leaves_no_half_link(linking: Linking) -> None:
    handle = linking.handle()
    delete_table("links")

    answer = linking.confirm(handle)

    assert linking.error(answer) == (503, "try_again")
    assert linking.attempt().completed_at is None


def test_a_code_copied_from_another_attempt_does_not_open(linking: Linking) -> None:
    linking.handle(BOB)
    copied = linking.attempt().encrypted_code
    handle = linking.handle(ALICE)
    LinkAttemptRow(handle.partition(".")[0]).update([LinkAttemptRow.encrypted_code.set(copied)])

    answer = linking.confirm(handle)

    assert linking.error(answer) == (503, "try_again")
    assert linking.link_rows() == {}


def test_a_dropbox_account_that_is_suspended_is_refused(linking: Linking) -> None:
    handle = linking.handle()

    async def suspended(call: Call, proceed: Proceed) -> web.StreamResponse:
        if call.route != "users/get_current_account":
            return await proceed()
        error = {"error_summary": "user_suspended/..", "error": {".tag": "user_suspended"}}
        # Dropbox names no charset; its SDK reads nothing else as JSON.
        return web.Response(
            status=401, body=json.dumps(error).encode(), headers={"Content-Type": "application/json"}
        )

    linking.emulator.interceptor = suspended

    answer = linking.confirm(handle)

    assert linking.error(answer) == (502, "dropbox_error")


def test_no_secret_reaches_the_log(linking: Linking) -> None:
    query = linking.consented()
    handle = linking.returned(linking.redirect(query))["handle"]
    linking.confirm(handle, BOB)
    linking.confirm(handle)
    linking.confirm(handle)

    logged = linking.log.getvalue()

    assert handle.partition(".")[0] in logged
    code = dict(part.split("=") for part in query.split("&"))["code"]
    token = TokenCipher(linking.aws.key_id).decrypt(
        linking.link().encrypted_token, refresh_token_context("user:alice", "auto_import")
    )
    for secret in (handle.partition(".")[2], code, token, AUTO_IMPORT_APP.secret, "alice@example.com"):
        assert secret not in logged


def _fail(linking: Linking, route: str, *, times: int) -> None:
    """Have Dropbox answer 500 to the next calls of one route."""
    failures = iter(range(times))

    async def failing(call: Call, proceed: Proceed) -> web.StreamResponse:
        if call.route == route and next(failures, None) is not None:
            return web.Response(status=500, text="trouble")
        return await proceed()

    linking.emulator.interceptor = failing


# What Dropbox tells of an account


@pytest.mark.parametrize(
    ("at", "value"),
    [
        ("/account_type", {".tag": "hologram"}),
        ("/account_type", {".tag": "other"}),
        ("/country", 7),
        ("/team", {"id": "dbtid:1", "sharing_policies": {".tag": "other"}, "office_addin_policy": None}),
        ("/root_info", {".tag": "hologram"}),
        ("/name", {"display_name": "Alice Martin", "abbreviated_name": None}),
        ("/locale", None),
    ],
)
def test_whatever_else_dropbox_tells_of_an_account_it_is_linked(
    linking: Linking, at: str, value: object
) -> None:
    handle = linking.handle()
    linking.emulator.faults.add(Fault(route="users/get_current_account", answer=Rewritten(at, value)))

    answer = linking.confirm(handle)

    assert answer["statusCode"] == 200
    assert linking.link().account_email


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (BadCall("Unknown API function"), (503, "try_again")),
        (Forbidden("no_permission"), (502, "dropbox_error")),
        (Unauthorized("unheard_of"), (502, "dropbox_error")),
        (RawAnswer([]), (503, "try_again")),
        (HtmlPage(460, "?"), (503, "try_again")),
    ],
    ids=["400", "403", "unknown 401", "no account", "460"],
)
def test_whatever_fails_after_the_exchange_leaves_the_grant_to_be_revoked(
    linking: Linking, answer: Effect, error: tuple[int, str]
) -> None:
    handle = linking.handle()
    linking.emulator.faults.add(Fault(route="users/get_current_account", answer=answer))

    answered = linking.confirm(handle)

    assert linking.error(answered) == error
    assert [revocation.account_id for revocation in linking.revocations()] == [linking.account.id]
    assert linking.link_rows() == {}


@pytest.mark.parametrize(
    ("reason", "error"),
    [("v1_retired", (503, "try_again")), ("invalid_client", (502, "dropbox_error"))],
)
def test_a_token_endpoint_that_refuses_spends_no_code(
    linking: Linking, reason: str, error: tuple[int, str]
) -> None:
    handle = linking.handle()
    fault = linking.emulator.faults.add(Fault(route="oauth2/token", answer=TokenRefused(reason)))

    answered = linking.confirm(handle)
    linking.emulator.faults.remove(fault.id)

    assert linking.error(answered) == error
    assert linking.confirm(handle)["statusCode"] == 200
