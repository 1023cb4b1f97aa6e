"""Linking a company's Dropbox: by an administrator, for the whole company, from a date on."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.oauth_callback.dropbox_apps import SYNCHRONISATION_SCOPES
from local.dropbox_emulator import SYNCHRONISATION_APP, Account, TeamSpace
from shared.aws.stores.link_store import LinkStore
from shared.aws.token_cipher import TokenCipher
from shared.domain.encryption_contexts import refresh_token_context
from shared.domain.filing.choices import ORDERS, FilingChoice, MonthForm
from shared.domain.links import Link, LinkStatus, Purpose, Reconcile, Space, reservation_id_for
from shared.domain.timestamps import to_iso
from shared.doorbells.messages import CompanyDoorbell
from tests.http_events import REQUEST_ID
from tests.integration.oauth_callback.conftest import ALICE, Answer, Claims, Linking

BOB = ALICE | {"sub": "bob", "name": "Bob Durand", "role": "administrator", "plan": "team"}
CAROL = BOB | {"sub": "carol", "name": "Carol Petit"}
OF_ANOTHER_COMPANY = BOB | {"sub": "dan", "company_id": "elsewhere"}
SYNCHRONISATION = {"purpose": "synchronisation"}


def handle(
    linking: Linking, claims: Claims = BOB, account: Account | None = None, since: str | None = None
) -> str:
    request = SYNCHRONISATION if since is None else SYNCHRONISATION | {"since": since}
    return linking.handle(claims, account, request=request)


def make(linking: Linking, claims: Claims = BOB, account: Account | None = None, **more: str) -> Answer:
    return linking.confirm(handle(linking, claims, account, **more), claims)


def now_on(linking: Linking) -> datetime:
    """The host may tell its acceptances in whole seconds."""
    return linking.clock().replace(microsecond=0)


def link_of(company_id: str = "atelier") -> Link:
    link = LinkStore("links").get(f"company:{company_id}")
    assert link is not None
    return link


def test_asks_for_no_more_than_writing_takes_and_for_the_app_of_this_purpose(linking: Linking) -> None:
    answer = linking.start(BOB, purpose="synchronisation")

    query = parse_qs(urlsplit(json.loads(answer["body"])["authorize_url"]).query)
    assert query["client_id"] == [SYNCHRONISATION_APP.key]
    assert query["scope"][0].split() == list(SYNCHRONISATION_SCOPES)
    assert "files.content.read" not in SYNCHRONISATION_SCOPES


def test_a_confirmed_handle_becomes_the_companys_link(linking: Linking) -> None:
    answer = make(linking)

    assert answer["statusCode"] == 200
    assert json.loads(answer["body"]) == {
        "purpose": "synchronisation",
        "status": "ACTIVE",
        "account": {"name": "Alice", "email": "alice@example.com"},
        "since": to_iso(now_on(linking)),
    }
    link = link_of()
    assert (link.user_id, link.company_id, link.account_id) == ("bob", "atelier", linking.account.id)
    assert (link.status, link.generation, link.next_due) == (LinkStatus.ACTIVE, 1, linking.clock())


def test_the_folder_is_there_and_the_companys_first_doorbell_rings(linking: Linking) -> None:
    make(linking)

    assert "/Jenji" in linking.account.folders()
    assert linking.aws.company_doorbells() == [CompanyDoorbell("atelier", correlation_id=REQUEST_ID)]
    assert linking.aws.doorbells() == []


def test_the_refresh_token_is_bound_to_company_and_purpose_and_works(linking: Linking) -> None:
    make(linking)

    context = refresh_token_context("company:atelier", "synchronisation")
    token = TokenCipher(linking.aws.key_id).decrypt(link_of().encrypted_token, context)
    app = linking.composition.confirm_link.apps[Purpose.SYNCHRONISATION]
    app.open_account(token).ensure_folder("/Jenji")
    assert token.encode() not in link_of().encrypted_token


def test_without_a_start_date_what_is_accepted_from_now_on_counts(linking: Linking) -> None:
    attempted = handle(linking)
    linking.clock.advance(minutes=3)

    linking.confirm(attempted, BOB)

    assert (link_of().sync_since, link_of().takes_over) == (now_on(linking), False)
    assert link_of().reconcile == Reconcile(begins_at=linking.clock(), accepted_from=now_on(linking))


def test_a_start_date_is_kept_from_start_to_confirm(linking: Linking) -> None:
    answer = make(linking, since="2026-01-01")

    january = datetime(2026, 1, 1, tzinfo=UTC)
    assert json.loads(answer["body"])["since"] == to_iso(january)
    assert link_of().sync_since == january
    assert link_of().reconcile == Reconcile(begins_at=linking.clock(), accepted_from=january)


@pytest.mark.parametrize("since", ["tomorrow", "2026-02-30", "", 20260101, [], {}, False, "\ud800"])
def test_a_start_date_that_is_none_is_refused_clearly(since: object, linking: Linking) -> None:
    answer = linking.start(BOB, purpose="synchronisation", since=since)

    assert linking.error(answer) == (400, "invalid_start_date")


def test_a_start_date_in_the_future_is_refused_and_this_very_moment_is_not(linking: Linking) -> None:
    now = linking.clock()
    instants = (now, now + timedelta(microseconds=1), now + timedelta(days=2))

    answers = [
        linking.start(BOB, purpose="synchronisation", since=to_iso(instant))["statusCode"]
        for instant in instants
    ]

    assert answers == [201, 400, 400]


def test_auto_import_takes_no_start_date(linking: Linking) -> None:
    answer = linking.start(ALICE, since="2026-01-01")

    assert linking.error(answer) == (400, "invalid_start_date")


def test_who_is_no_administrator_any_more_cannot_confirm(linking: Linking) -> None:
    begun = handle(linking)

    answers = [
        linking.confirm(begun, BOB | {"role": "employee"}),
        linking.confirm(begun, BOB | {"plan": "solo"}),
    ]

    assert [linking.error(answer) for answer in answers] == [
        (403, "not_administrator"),
        (403, "plan_required"),
    ]
    assert linking.link_rows() == {}


def test_another_administrator_cannot_confirm_what_bob_began(linking: Linking) -> None:
    answer = linking.confirm(handle(linking, BOB), CAROL)

    assert linking.error(answer) == (403, "other_user")


def test_an_account_claimed_by_another_company_is_refused_clearly(linking: Linking) -> None:
    make(linking)
    before = link_of()

    answer = make(linking, OF_ANOTHER_COMPANY)

    assert linking.error(answer) == (409, "account_already_linked")
    assert set(linking.link_rows()) == {
        "company:atelier",
        reservation_id_for(linking.account.id, Purpose.SYNCHRONISATION),
    }
    assert link_of() == before


def test_one_dropbox_account_may_serve_both_purposes(linking: Linking) -> None:
    answers = [linking.confirm(linking.handle(BOB), BOB), make(linking)]

    assert [answer["statusCode"] for answer in answers] == [200, 200]
    links = LinkStore("links")
    assert links.reserved_by(linking.account.id, Purpose.AUTO_IMPORT) == "user:bob"
    assert links.reserved_by(linking.account.id, Purpose.SYNCHRONISATION) == "company:atelier"


def test_another_administrator_who_links_the_same_account_goes_on_where_it_was(linking: Linking) -> None:
    make(linking, BOB, since="2026-01-01")
    linking.clock.advance(days=30)

    answer = make(linking, CAROL)

    assert answer["statusCode"] == 200
    link = link_of()
    assert (link.user_id, link.generation, link.takes_over) == ("carol", 2, False)
    assert link.sync_since == datetime(2026, 1, 1, tzinfo=UTC)


def test_relinking_to_another_account_takes_over_and_frees_the_old_one(linking: Linking) -> None:
    another = linking.emulator.add_account("another")
    make(linking, since="2026-01-01")
    linking.clock.advance(days=30)

    answer = make(linking, BOB, another)

    assert answer["statusCode"] == 200
    link = link_of()
    assert (link.account_id, link.generation, link.takes_over) == (another.id, 2, True)
    assert link.sync_since == now_on(linking)
    assert LinkStore("links").reserved_by(linking.account.id, Purpose.SYNCHRONISATION) is None
    assert "/Jenji" in another.folders()


def test_relinking_to_another_account_offers_a_start_date_too(linking: Linking) -> None:
    make(linking)
    linking.clock.advance(days=30)

    make(linking, BOB, linking.emulator.add_account("another"), since="2025-06-01")

    assert (link_of().sync_since, link_of().takes_over) == (datetime(2025, 6, 1, tzinfo=UTC), True)


def test_a_confirm_repeated_gives_the_same_answer(linking: Linking) -> None:
    begun = handle(linking, since="2026-01-01")
    first = linking.confirm(begun, BOB)
    linking.clock.advance(hours=3)

    again = linking.confirm(begun, BOB)

    assert again == first
    assert link_of().generation == 1


def test_a_grant_without_the_right_to_write_is_refused(linking: Linking) -> None:
    begun = linking.handle(BOB, request=SYNCHRONISATION, scope="account_info.read files.metadata.read")

    answer = linking.confirm(begun, BOB)

    assert linking.error(answer) == (403, "missing_scope")
    assert linking.link_rows() == {}


def test_a_file_in_the_place_of_the_folder_leaves_the_link_standing(linking: Linking) -> None:
    linking.account.write("/Jenji", b"a file")

    answer = make(linking)

    assert answer["statusCode"] == 200
    assert '"beginning":"folder"' in linking.log.getvalue()


@pytest.mark.parametrize("is_told_as_user", [True, False])
def test_a_team_member_begins_in_their_own_folder_and_has_a_choice(
    linking: Linking, is_told_as_user: bool
) -> None:
    team = TeamSpace(member_folder="Bob", is_told_as_user=is_told_as_user)
    member = linking.emulator.add_account("bob", locale="pt_BR", team=team)

    make(linking, BOB, member)

    assert (link_of().team_space_id, link_of().space) == (member.root_namespace, Space.MEMBER_FOLDER)
    assert link_of().account_locale == "pt_BR"
    assert "/Bob/Jenji" in member.folders()


def test_an_account_without_a_team_has_no_choice(linking: Linking) -> None:
    make(linking)

    assert (link_of().team_space_id, link_of().root_namespace_id) == (None, None)


def test_a_choice_outlives_linking_the_same_account_again(linking: Linking) -> None:
    member = linking.emulator.add_account("bob", team=TeamSpace(member_folder="Bob"))
    make(linking, BOB, member)
    linking.composition.confirm_link.links.choose_space(
        link_of(), Space.TEAM_SPACE, by="bob", at=linking.clock()
    )

    make(linking, BOB, member)

    assert (link_of().space, link_of().root_namespace_id) == (Space.TEAM_SPACE, member.root_namespace)


def test_linking_again_finds_a_space_that_was_replaced_since(linking: Linking) -> None:
    member = linking.emulator.add_account("bob", team=TeamSpace(member_folder="Bob"))
    make(linking, BOB, member)
    linking.composition.confirm_link.links.choose_space(
        link_of(), Space.TEAM_SPACE, by="bob", at=linking.clock()
    )
    member.change_root()

    make(linking, BOB, member)

    assert (link_of().space, link_of().root_namespace_id) == (Space.TEAM_SPACE, member.root_namespace)


def test_where_documents_are_filed_outlives_unlinking_and_another_account(linking: Linking) -> None:
    choice = FilingChoice(ORDERS[2], months=MonthForm.FR)
    make(linking)
    links = linking.composition.confirm_link.links
    chosen = links.choose_filing(link_of(), choice, by="bob", at=linking.clock())
    links.unlink(chosen, by="bob", at=linking.clock())

    make(linking, BOB, linking.emulator.add_account("another"))

    assert (link_of().status, link_of().filing) == (LinkStatus.ACTIVE, choice)
