"""Allowing the company's folder to be shared: over the link that is there, to the account it is to."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.oauth_callback.dropbox_apps import SHARING_SCOPES, SYNCHRONISATION_SCOPES
from local.dropbox_emulator import SYNCHRONISATION_APP, Account
from shared.aws.stores.link_store import LinkStore
from shared.aws.token_cipher import TokenCipher
from shared.config.oauth_callback import OauthSettings
from shared.domain.audit import AuditAction
from shared.domain.encryption_contexts import refresh_token_context
from shared.domain.links import Link, LinkStatus
from tests.integration.oauth_callback.conftest import ALICE, Answer, Claims, Linking

BOB = ALICE | {"sub": "bob", "name": "Bob Durand", "role": "administrator", "plan": "team"}
CAROL = BOB | {"sub": "carol", "name": "Carol Petit"}
PLAIN = {"purpose": "synchronisation"}
SHARING = PLAIN | {"sharing": True}


def link_of() -> Link:
    link = LinkStore("links").get("company:atelier")
    assert link is not None
    return link


def make(
    linking: Linking, request: dict[str, object], claims: Claims = BOB, account: Account | None = None
) -> Answer:
    handle = linking.handle(claims, account, request=request)  # type: ignore[arg-type]
    return linking.confirm(handle, claims)


def query_of(linking: Linking, request: dict[str, object], claims: Claims = BOB) -> dict[str, list[str]]:
    return parse_qs(urlsplit(linking.authorize_url(claims, **request)).query)


def scopes_of(linking: Linking, link: Link) -> set[str]:
    """What the link's own token is good for."""
    assert link.encrypted_token is not None
    cipher = TokenCipher(OauthSettings.from_environment().tokens_key_id)
    token = cipher.decrypt(link.encrypted_token, refresh_token_context(link.link_id, link.purpose.value))
    grant = linking.emulator.authorizations.grant_of(token)
    assert grant is not None
    return set(grant.scopes)


def test_who_only_links_grants_nothing_of_sharing(linking: Linking) -> None:
    query = query_of(linking, dict(PLAIN))
    make(linking, dict(PLAIN))

    assert "sharing" not in query["scope"][0]
    assert "include_granted_scopes" not in query
    assert link_of().may_share is False
    assert scopes_of(linking, link_of()) == set(SYNCHRONISATION_SCOPES)


def test_sharing_is_asked_for_beside_what_was_granted(linking: Linking) -> None:
    make(linking, dict(PLAIN))

    query = query_of(linking, SHARING)

    assert query["scope"][0].split() == [*SYNCHRONISATION_SCOPES, *SHARING_SCOPES]
    assert query["include_granted_scopes"] == ["user"]


def test_the_same_link_goes_on_and_its_old_grant_is_to_be_revoked(linking: Linking) -> None:
    make(linking, dict(PLAIN))
    before = link_of()
    linking.clock.advance(days=3)

    answer = make(linking, SHARING)

    after = link_of()
    assert (answer["statusCode"], json.loads(answer["body"])["may_share"]) == (200, True)
    assert (after.may_share, after.account_id, after.generation) == (True, before.account_id, 2)
    assert after.sync_since == before.sync_since
    assert scopes_of(linking, after) == {*SYNCHRONISATION_SCOPES, *SHARING_SCOPES}
    assert [each.encrypted_token for each in linking.revocations()] == [before.encrypted_token]
    assert linking.audit_trail()[-1].action is AuditAction.SHARING_ALLOWED
    assert linking.audit_trail()[-1].actor == "bob"


def test_another_account_is_refused_and_nothing_changes(linking: Linking) -> None:
    make(linking, dict(PLAIN))
    before = link_of()
    other = linking.emulator.add_account("other")

    refused = linking.error(make(linking, SHARING, account=other))

    assert refused == (409, "other_account")
    assert link_of() == before
    [revocation] = linking.revocations()
    assert revocation.account_id == other.id


def test_a_link_that_ended_in_the_meantime_is_not_made_by_the_way(linking: Linking) -> None:
    make(linking, dict(PLAIN))
    handle = linking.handle(BOB, request=SHARING)  # type: ignore[arg-type]
    LinkStore("links", "audit_trail").unlink(link_of(), by="bob", at=linking.clock())

    refused = linking.error(linking.confirm(handle, BOB))

    assert refused == (409, "not_linked")
    assert link_of().status is LinkStatus.UNLINKED


def test_who_unticks_sharing_at_dropbox_is_told_and_the_link_stays(linking: Linking) -> None:
    make(linking, dict(PLAIN))
    before = link_of()
    changed = {"scope": " ".join(SYNCHRONISATION_SCOPES), "include_granted_scopes": ""}
    handle = linking.handle(BOB, request=SHARING, **changed)  # type: ignore[arg-type]

    refused = linking.error(linking.confirm(handle, BOB))

    assert refused == (403, "missing_scope")
    assert link_of() == before


def test_linking_again_takes_away_nothing_that_was_granted(linking: Linking) -> None:
    make(linking, dict(PLAIN))
    make(linking, SHARING)

    query = query_of(linking, dict(PLAIN))
    make(linking, dict(PLAIN), CAROL)

    assert query["scope"][0].split() == [*SYNCHRONISATION_SCOPES, *SHARING_SCOPES]
    assert (link_of().may_share, link_of().user_id) == (True, "carol")


def test_a_link_that_was_ended_shares_no_more_when_it_is_made_again(linking: Linking) -> None:
    make(linking, dict(PLAIN))
    make(linking, SHARING)
    LinkStore("links", "audit_trail").unlink(link_of(), by="bob", at=linking.clock())
    ended = link_of()

    query = query_of(linking, dict(PLAIN))
    make(linking, dict(PLAIN))

    assert ended.may_share is False
    assert "sharing" not in query["scope"][0]
    assert link_of().may_share is False


@pytest.mark.parametrize(
    ("request_", "refused"),
    [
        ({"purpose": "auto_import", "sharing": True}, (400, "invalid_request")),
        (SHARING | {"since": "2026-01-01"}, (400, "invalid_request")),
        (PLAIN | {"sharing": "yes"}, (400, "invalid_request")),
        (SHARING, (409, "not_linked")),
    ],
)
def test_what_cannot_be_allowed_is_refused(
    linking: Linking, request_: dict[str, object], refused: tuple[int, str]
) -> None:
    assert linking.error(linking.start(BOB, **request_)) == refused


def test_only_administrators_allow_it(linking: Linking) -> None:
    make(linking, dict(PLAIN))

    assert linking.error(linking.start(ALICE, **SHARING)) == (403, "not_administrator")
    assert SYNCHRONISATION_APP.scopes[-2:] == SHARING_SCOPES
