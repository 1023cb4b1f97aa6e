"""What a drain may rely on of the links: a write under an old generation never takes effect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.link_tables import LinkRow
from shared.aws.stores.linking import add_link
from shared.aws.stores.transactions import transaction
from shared.domain.errors import LinkChanged
from shared.domain.filing.choices import ORDERS, STANDARD, FilingChoice, MonthForm
from shared.domain.links import Backfill, Batch, Link, LinkProblem, LinkStatus, Purpose, Space
from shared.ports import Links
from testing.fakes.stores import FakeLinks
from tests.integration.contracts.conftest import FAKE

NOW = datetime(2026, 11, 22, 9, 0, 0, 5, tzinfo=UTC)
LINK = Link(
    link_id="user:alice",
    purpose=Purpose.AUTO_IMPORT,
    user_id="alice",
    company_id="atelier",
    account_id="dbid:first",
    account_name="Alice",
    account_email="alice@example.com",
    encrypted_token=b"\x00ciphertext\xff",
    status=LinkStatus.ACTIVE,
    generation=1,
    linked_at=NOW,
)
OPENED = Batch("20261122T090000-a", 0, NOW)


@dataclass
class Linked:
    """The store; `save` links, or links anew, and `unlink` sets only the status, at the same generation.

    `pause` is the operator's switch: of a link, or of everything where it is None.
    """

    links: Links
    save: Callable[[Link], None]
    unlink: Callable[[Link], None]
    pause: Callable[[str | None, bool], None]


@pytest.fixture
def linked(kind: str, request: pytest.FixtureRequest) -> Linked:
    if kind == FAKE:
        fake = FakeLinks()

        def put(link: Link) -> None:
            fake.links[link.link_id] = link

        def pause_fake(link_id: str | None, is_paused: bool) -> None:
            if link_id is None:
                fake.everything_is_paused = is_paused
            else:
                put(replace(fake.links[link_id], is_paused=is_paused))

        return Linked(fake, put, lambda link: put(replace(link, status=LinkStatus.UNLINKED)), pause_fake)
    request.getfixturevalue("aws")
    store = LinkStore("links", "audit_trail")

    def save(link: Link) -> None:
        with transaction() as writes:
            add_link(writes, link, store.get(link.link_id))

    def unlink(link: Link) -> None:
        LinkRow(link.link_id).update([LinkRow.status.set(LinkStatus.UNLINKED.value)])

    def pause(link_id: str | None, is_paused: bool) -> None:
        LinkRow(link_id or "control:all").update([LinkRow.paused.set(is_paused)])

    return Linked(store, save, unlink, pause)


@pytest.fixture
def links(linked: Linked) -> Links:
    linked.save(LINK)
    return linked.links


def test_a_link_is_found_by_its_id_and_by_its_account_as_it_was_written(links: Links) -> None:
    assert links.get("user:alice") == LINK
    assert links.find_by_account("dbid:first", Purpose.AUTO_IMPORT) == LINK


def test_what_is_not_there_is_not_found(links: Links) -> None:
    assert links.get("user:bob") is None
    assert links.find_by_account("dbid:second", Purpose.AUTO_IMPORT) is None
    assert links.find_by_account("dbid:first", Purpose.SYNCHRONISATION) is None


def test_an_account_that_was_unlinked_is_nobodys(linked: Linked, links: Links) -> None:
    linked.unlink(LINK)

    found = links.get("user:alice")
    assert found is not None
    assert found.status is LinkStatus.UNLINKED
    assert links.find_by_account("dbid:first", Purpose.AUTO_IMPORT) is None


def test_a_link_to_another_account_leaves_the_old_one_to_nobody(linked: Linked, links: Links) -> None:
    anew = replace(LINK, account_id="dbid:second", generation=2)

    linked.save(anew)

    assert links.find_by_account("dbid:first", Purpose.AUTO_IMPORT) is None
    assert links.find_by_account("dbid:second", Purpose.AUTO_IMPORT) == anew


CHANGES = {
    "status": {
        "status": LinkStatus.RECONNECT,
        "problem": LinkProblem.TOKEN_REVOKED,
        "detail": "invalid_access_token",
        "status_since": NOW,
    },
    "times": {"not_before": NOW, "next_due": NOW + timedelta(hours=6), "last_clean_listing": NOW},
    "batch": {"batch": OPENED},
    "doorbell": {"doorbell_id": "message", "doorbell_waits": 3, "doorbell_deaths": 1},
    "announcements": {"announced_until": NOW, "announced_problem": LinkProblem.TOKEN_REVOKED},
    "nothing that was set": {
        "problem": None,
        "detail": None,
        "status_since": None,
        "not_before": None,
        "next_due": None,
        "last_clean_listing": None,
        "doorbell_id": None,
        "announced_until": None,
        "announced_problem": None,
    },
}


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES.keys())
def test_an_update_changes_what_it_names_and_returns_the_link_with_it(
    links: Links, changes: dict[str, object]
) -> None:
    updated = links.update(LINK, **changes)  # type: ignore[arg-type]

    assert updated == replace(LINK, **changes)  # type: ignore[arg-type]
    assert links.get("user:alice") == updated


def test_what_was_set_can_be_unset(links: Links) -> None:
    link = LINK
    for changes in list(CHANGES.values())[:-1]:
        link = links.update(link, **changes)  # type: ignore[typeddict-item]

    link = links.update(link, **CHANGES["nothing that was set"])  # type: ignore[typeddict-item]

    assert links.get("user:alice") == link
    assert (link.next_due, link.not_before, link.problem) == (None, None, None)


def test_two_writers_of_one_generation_change_different_things(links: Links) -> None:
    links.update(LINK, next_due=NOW)
    links.update(LINK, status=LinkStatus.FULL)

    found = links.get("user:alice")

    assert found == replace(LINK, next_due=NOW, status=LinkStatus.FULL)


def test_a_write_to_a_link_made_anew_is_refused_and_changes_nothing(linked: Linked, links: Links) -> None:
    anew = replace(LINK, generation=2)
    linked.save(anew)

    with pytest.raises(LinkChanged):
        links.update(LINK, status=LinkStatus.RECONNECT)

    assert links.get("user:alice") == anew


def test_a_write_to_an_unlinked_link_is_refused(linked: Linked, links: Links) -> None:
    linked.unlink(LINK)

    with pytest.raises(LinkChanged):
        links.update(LINK, status=LinkStatus.ACTIVE)


def test_a_write_to_a_link_that_is_not_there_makes_none(linked: Linked) -> None:
    with pytest.raises(LinkChanged):
        linked.links.update(LINK, status=LinkStatus.ACTIVE)

    assert linked.links.get("user:alice") is None


def test_the_first_batch_is_opened(links: Links) -> None:
    link = links.open_batch(LINK, OPENED)

    assert link == replace(LINK, batch=OPENED)
    assert links.get("user:alice") == link


def test_a_batch_follows_another(links: Links) -> None:
    before = links.open_batch(LINK, OPENED)
    later = Batch("20261123T090000-b", 0, NOW + timedelta(days=1))

    link = links.open_batch(before, later)

    assert link == replace(LINK, batch=later)
    assert links.get("user:alice") == link


def test_of_two_drains_that_open_the_first_batch_the_second_joins(links: Links) -> None:
    links.open_batch(LINK, OPENED)

    link = links.open_batch(LINK, Batch("another", 0, NOW))

    assert link.batch == OPENED
    assert links.get("user:alice") == replace(LINK, batch=OPENED)


def test_of_two_drains_that_open_the_next_batch_the_second_joins(links: Links) -> None:
    before = links.open_batch(LINK, OPENED)
    next_batch = Batch("20261123T090000-b", 4, NOW)
    links.open_batch(before, next_batch)

    link = links.open_batch(before, Batch("20261123T090000-c", 0, NOW))

    assert link.batch == next_batch


def test_a_batch_that_only_grew_meanwhile_is_followed_all_the_same(links: Links) -> None:
    before = links.open_batch(LINK, OPENED)
    links.update(before, batch=replace(OPENED, seen=7))

    link = links.open_batch(before, Batch("20261123T090000-b", 0, NOW))

    assert link.batch == Batch("20261123T090000-b", 0, NOW)


def test_what_was_announced_of_the_links_batch_is_noted(links: Links) -> None:
    link = links.open_batch(LINK, OPENED)

    noted = links.note_announced(link, replace(OPENED, seen=7, announced=7))

    assert noted == replace(link, batch=replace(OPENED, seen=7, announced=7))
    assert links.get("user:alice") == noted


def test_nothing_is_noted_of_a_batch_that_another_has_followed(links: Links) -> None:
    before = links.open_batch(LINK, OPENED)
    after = links.open_batch(before, Batch("20261123T090000-b", 0, NOW))

    with pytest.raises(LinkChanged):
        links.note_announced(before, replace(OPENED, announced=7))

    assert links.get("user:alice") == after


def test_nothing_is_noted_under_an_old_generation(linked: Linked, links: Links) -> None:
    before = links.open_batch(LINK, OPENED)
    linked.save(replace(before, generation=2))

    with pytest.raises(LinkChanged):
        links.note_announced(before, replace(OPENED, announced=7))
    with pytest.raises(LinkChanged):
        links.note_unannounced(before, NOW)


def test_since_when_the_host_is_not_told_is_noted_once(links: Links) -> None:
    later = NOW + timedelta(minutes=1)

    first, second = (links.note_unannounced(LINK, moment) for moment in (NOW, later))
    links.update(LINK, announced_until=None)
    anew = links.note_unannounced(LINK, later)

    assert (first, second, anew) == (NOW, NOW, later)
    assert links.get("user:alice") == replace(LINK, announced_until=later)


@pytest.mark.parametrize("batch", [None, OPENED], ids=["no batch", "a batch"])
def test_no_batch_is_opened_on_a_link_made_anew(linked: Linked, links: Links, batch: Batch | None) -> None:
    linked.save(replace(LINK, generation=2, batch=batch))

    with pytest.raises(LinkChanged):
        links.open_batch(LINK, Batch("another", 0, NOW))


@pytest.mark.parametrize("batch", [None, OPENED], ids=["no batch", "a batch"])
def test_no_batch_is_opened_on_an_unlinked_link(linked: Linked, links: Links, batch: Batch | None) -> None:
    if batch is not None:
        links.open_batch(LINK, batch)
    linked.unlink(replace(LINK, batch=batch))

    with pytest.raises(LinkChanged):
        links.open_batch(LINK, Batch("another", 0, NOW))


def test_no_batch_is_opened_on_a_link_that_is_not_there(linked: Linked) -> None:
    with pytest.raises(LinkChanged):
        linked.links.open_batch(LINK, OPENED)


def test_one_link_is_paused_and_no_other(linked: Linked, links: Links) -> None:
    linked.save(replace(LINK, link_id="user:bob", account_id="dbid:second"))

    linked.pause("user:alice", True)

    paused, other = links.get("user:alice"), links.get("user:bob")
    assert paused == replace(LINK, is_paused=True)
    assert other is not None
    assert (other.is_paused, links.is_everything_paused()) == (False, False)


def test_everything_is_paused_by_one_switch_and_resumed_by_it(linked: Linked, links: Links) -> None:
    before = links.is_everything_paused()
    linked.pause(None, True)
    paused = links.is_everything_paused()
    linked.pause(None, False)

    assert (before, paused, links.is_everything_paused()) == (False, True, False)
    assert links.get("user:alice") == LINK


def test_a_paused_link_can_be_updated(linked: Linked, links: Links) -> None:
    linked.pause("user:alice", True)

    links.update(LINK, next_due=NOW)

    assert links.get("user:alice") == replace(LINK, next_due=NOW, is_paused=True)


REQUEST = Backfill(since=NOW - timedelta(days=90), requested_at=NOW)
SEARCHED = replace(REQUEST, started_at=NOW, cursor="page-2", expenses=100, documents=130)
DONE = replace(SEARCHED, cursor=None, expenses=150, completed_at=NOW + timedelta(minutes=1))


def test_a_backfill_goes_on_from_where_it_was_until_it_is_done(linked: Linked) -> None:
    linked.save(replace(LINK, backfill=REQUEST))

    searched = linked.links.progress_backfill(replace(LINK, backfill=REQUEST), SEARCHED)
    in_between = linked.links.get("user:alice")
    done = linked.links.progress_backfill(searched, DONE)

    assert searched == in_between == replace(LINK, backfill=SEARCHED)
    assert done == linked.links.get("user:alice") == replace(LINK, backfill=DONE)


def test_the_progress_of_an_older_request_leaves_a_newer_one_alone(linked: Linked) -> None:
    newer = Backfill(since=NOW - timedelta(days=365), requested_at=NOW + timedelta(seconds=1))
    linked.save(replace(LINK, backfill=newer, sync_since=newer.since))

    now = linked.links.progress_backfill(replace(LINK, backfill=REQUEST, detail="as read"), SEARCHED)

    assert now == replace(LINK, backfill=newer, sync_since=newer.since, detail="as read")
    assert linked.links.get("user:alice") == replace(LINK, backfill=newer, sync_since=newer.since)


def test_the_progress_of_a_request_that_is_gone_makes_none(linked: Linked, links: Links) -> None:
    now = links.progress_backfill(replace(LINK, backfill=REQUEST), SEARCHED)

    assert now == links.get("user:alice") == LINK


def test_no_progress_is_written_to_a_link_made_anew_or_unlinked(linked: Linked) -> None:
    linked.save(replace(LINK, backfill=REQUEST))
    linked.unlink(replace(LINK, backfill=REQUEST))
    with pytest.raises(LinkChanged):
        linked.links.progress_backfill(LINK, SEARCHED)
    anew = replace(LINK, generation=2, backfill=REQUEST)
    linked.save(anew)

    with pytest.raises(LinkChanged):
        linked.links.progress_backfill(LINK, SEARCHED)

    assert linked.links.get("user:alice") == anew


TEAM = replace(
    LINK,
    link_id="company:atelier",
    purpose=Purpose.SYNCHRONISATION,
    account_locale="fr",
    team_space_id="2058",
)


def test_the_space_that_was_chosen_is_kept_under_the_next_generation(linked: Linked) -> None:
    linked.save(TEAM)

    chosen = linked.links.choose_space(TEAM, Space.TEAM_SPACE, by="bob", at=NOW)

    assert linked.links.get(TEAM.link_id) == chosen
    assert (chosen.space, chosen.generation, chosen.next_due) == (Space.TEAM_SPACE, 2, NOW)
    assert (TEAM.root_namespace_id, chosen.root_namespace_id) == (None, "2058")


def test_a_space_chosen_for_a_link_that_was_made_again_since_is_refused(linked: Linked) -> None:
    linked.save(TEAM)
    linked.save(replace(TEAM, generation=2))

    with pytest.raises(LinkChanged):
        linked.links.choose_space(TEAM, Space.TEAM_SPACE, by="bob", at=NOW)


BY_EMPLOYEE = FilingChoice(ORDERS[2], months=MonthForm.FR)


def test_what_was_chosen_of_filing_is_kept_under_the_next_generation(linked: Linked) -> None:
    linked.save(TEAM)

    chosen = linked.links.choose_filing(TEAM, BY_EMPLOYEE, by="bob", at=NOW)

    assert linked.links.get(TEAM.link_id) == chosen
    assert (TEAM.filed_by, chosen.filed_by) == (STANDARD, BY_EMPLOYEE)
    assert (chosen.generation, chosen.next_due) == (2, NOW)


def test_of_two_who_choose_at_once_the_second_is_told(linked: Linked) -> None:
    linked.save(TEAM)
    first = linked.links.choose_filing(TEAM, BY_EMPLOYEE, by="bob", at=NOW)

    with pytest.raises(LinkChanged):
        linked.links.choose_filing(TEAM, STANDARD, by="carol", at=NOW)

    assert linked.links.get(TEAM.link_id) == first


def test_what_was_chosen_of_filing_outlives_unlinking(linked: Linked) -> None:
    linked.save(TEAM)
    chosen = linked.links.choose_filing(TEAM, BY_EMPLOYEE, by="bob", at=NOW)

    linked.links.unlink(chosen, by="bob", at=NOW)

    ended = linked.links.get(TEAM.link_id)
    assert ended is not None
    assert (ended.status, ended.filing) == (LinkStatus.UNLINKED, BY_EMPLOYEE)
