"""Proving the company's folder: what is found, and what becomes of a proof that anything meets."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from shared.domain.audit import AuditAction
from shared.domain.deliveries import DeliveryStatus
from shared.domain.errors import (
    AccessDenied,
    AppRefused,
    AwsUnavailable,
    CallNotUnderstood,
    DropboxUnavailable,
    IntegrationError,
    LinkRevoked,
    ListingReset,
    QuotaFull,
    RateLimited,
)
from shared.domain.expenses import ExpenseStatus
from shared.domain.links import LinkProblem, Space
from shared.domain.proofs import (
    EndedProof,
    Finding,
    FolderProof,
    FoundDocument,
    PendingProof,
    ProofCounts,
    ProofProblem,
    PutBack,
)
from shared.doorbells.received import ComeBackLater
from testing.fakes.crashing import CallCounter, Killed
from testing.fakes.failing import Failing, always, times
from tests.unit.document_sync.sync_world import COMPANY, LINK_ID, SyncWorld, sync_world


def proof_of(world: SyncWorld) -> FolderProof:
    return world.proofs.get(COMPANY, world.account.id)


def ask(world: SyncWorld) -> str:
    """What the API does when an administrator asks for one."""
    world.clock.advance(seconds=1)
    run_id = f"run-{len(world.proofs.trail) + 1}"
    pending = PendingProof(run_id, "bob", world.clock(), "request-1")
    world.proofs.save(replace(proof_of(world), pending=pending))
    return run_id


def answer(world: SyncWorld) -> None:
    with suppress(ComeBackLater):
        world.answer()


def prove(world: SyncWorld) -> ProofCounts:
    ask(world)
    answer(world)
    return counts_of(world)


def counts_of(world: SyncWorld) -> ProofCounts:
    ended = ended_of(world)
    assert ended.counts is not None
    return ended.counts


def ended_of(world: SyncWorld) -> EndedProof:
    proof = proof_of(world)
    assert proof.pending is None
    assert proof.ended is not None
    return proof.ended


def findings(world: SyncWorld) -> list[FoundDocument]:
    run_id = ended_of(world).run_id
    return [
        each for key, page in sorted(world.proof_pages.found.items()) if key[1] == run_id for each in page
    ]


def delivered(world: SyncWorld, *documents: bytes) -> list[str]:
    """Their paths, in the order of the documents."""
    world.accept(*(documents or (b"ticket", b"dinner", b"hotel")))
    answer(world)
    paths = {data: path for path, data in world.files().items()}
    return [paths[data] for data in documents or (b"ticket", b"dinner", b"hotel")]


def proof_file(world: SyncWorld) -> str:
    path = ended_of(world).path
    assert path is not None
    return world.account.tree_contents()[path].decode("utf-8-sig")


def test_a_folder_as_it_was_delivered_is_present_to_the_last_document() -> None:
    with sync_world() as world:
        delivered(world)

        counts = prove(world)

        assert (counts.documents, counts.present, counts.findings) == (3, 3, 0)
        assert counts.is_complete
        assert findings(world) == []


def test_what_people_did_to_the_folder_is_found() -> None:
    with sync_world() as world:
        ticket, dinner, hotel, taxi = delivered(world, b"ticket", b"dinner", b"hotel", b"taxi")
        world.account.delete(ticket)
        world.account.write(dinner, b"dinner, with a note")
        world.account.move(hotel, "/Jenji/To check/hotel.pdf")
        world.account.write("/Jenji/Copies/taxi.pdf", b"taxi")

        counts = prove(world)

        assert (counts.documents, counts.present) == (4, 1)
        assert [(each.finding, each.path, each.found_at) for each in findings(world)] == [
            (Finding.MISSING, ticket, None),
            (Finding.CHANGED, dinner, None),
            (Finding.MOVED, hotel, "/Jenji/To check/hotel.pdf"),
            (Finding.DOUBLED, taxi, "/Jenji/Copies/taxi.pdf"),
        ]


def test_the_host_and_the_trail_are_told_in_numbers() -> None:
    with sync_world() as world:
        [ticket] = delivered(world, b"ticket")
        world.account.delete(ticket)

        prove(world)

        [event] = world.events.of("CompanyFolderProved")
        assert (event["documents"], event["present"], event["missing"], event["by"]) == (1, 0, 1, "bob")
        assert ticket not in str(event)
        [entry] = world.proofs.trail
        assert (entry.action, entry.actor, entry.problem) == (AuditAction.FOLDER_PROVED, "bob", None)


def test_its_file_lies_beside_the_months_manifest_and_the_next_one_takes_its_place() -> None:
    with sync_world() as world:
        [ticket] = delivered(world, b"ticket")
        prove(world)
        first = proof_file(world)
        world.account.delete(ticket)

        prove(world)

        assert ended_of(world).path == f"/Jenji/{world.clock():%Y/%m}/Proof {world.clock():%Y-%m}.csv"
        assert "Manquants;0" in first
        assert "Manquants;1" in proof_file(world)
        assert ticket in proof_file(world)


def test_every_manifest_names_the_proof_that_last_looked_for_its_documents() -> None:
    with sync_world() as world:
        delivered(world, b"ticket")
        world.clock.advance(hours=2)
        prove(world)
        name = ended_of(world).name
        world.clock.advance(hours=2)
        delivered(world, b"lunch")

        [manifest] = [text for path, text in world.manifest_files().items() if "/Proof " not in path]

        _, first, second = manifest.splitlines()
        assert [line.endswith(name) for line in (first, second)] == [True, False]


def test_a_file_of_somebody_elses_in_its_place_stays() -> None:
    with sync_world() as world:
        delivered(world)
        taken = f"/Jenji/{world.clock():%Y/%m}/Proof {world.clock():%Y-%m}.csv"
        world.account.write(taken, b"mine")

        prove(world)

        assert world.account.tree_contents()[taken] == b"mine"
        assert ended_of(world).path == taken.replace(".csv", " (2).csv")


def test_a_file_that_was_edited_by_hand_stays_and_the_next_proof_goes_beside_it() -> None:
    with sync_world() as world:
        delivered(world)
        prove(world)
        path = ended_of(world).path or ""
        world.account.write(path, b"with notes of mine")

        prove(world)

        assert world.account.tree_contents()[path] == b"with notes of mine"
        assert ended_of(world).path == path.replace(".csv", " (2).csv")


def test_a_full_account_has_a_result_without_a_file() -> None:
    with sync_world() as world:
        delivered(world)
        world.dropbox = Failing(world.dropbox, upload_small=always(QuotaFull("path/insufficient_space")))

        counts = prove(world)

        assert counts.is_complete
        assert ended_of(world).path is None
        assert world.link_row.problem is None


def test_of_two_documents_with_the_same_bytes_one_that_is_gone_is_missing() -> None:
    with sync_world() as world:
        world.accept(b"the same")
        world.accept(b"the same")
        answer(world)
        first, second = sorted(world.files())
        world.account.delete(first)

        counts = prove(world)

        assert (counts.present, counts.missing, counts.doubled) == (1, 1, 0)
        assert findings(world)[0].path == first
        assert second in world.files()


def test_a_document_of_which_a_copy_is_left_is_moved_and_not_lost() -> None:
    with sync_world() as world:
        [ticket] = delivered(world, b"ticket")
        world.account.write("/Jenji/Copies/ticket.pdf", b"ticket")
        world.account.delete(ticket)

        counts = prove(world)

        assert (counts.moved, counts.doubled, counts.missing) == (1, 0, 0)


def test_case_does_not_count() -> None:
    with sync_world() as world:
        [ticket] = delivered(world, b"ticket")
        folder = ticket.rpartition("/")[0]
        world.account.move(folder, folder.upper().replace("/JENJI", "/Jenji"))

        counts = prove(world)

        assert counts.is_complete


def test_without_its_folder_everything_is_missing_and_the_reason_is_said() -> None:
    with sync_world() as world:
        delivered(world)
        world.account.move("/Jenji", "/Old receipts")

        counts = prove(world)

        assert (counts.documents, counts.missing, counts.is_folder_missing) == (3, 3, True)


def test_what_an_account_linked_before_has_received_is_not_missing() -> None:
    with sync_world() as world:
        delivered(world)
        world.link(world.open_account("other"))
        delivered(world, b"lunch")

        counts = prove(world)

        assert (counts.documents, counts.present, counts.missing) == (1, 1, 0)
        assert counts.other_account == 3


def test_what_was_delivered_to_the_teams_other_space_is_not_missing() -> None:
    with sync_world() as world:
        delivered(world)
        team = replace(world.link_row, team_space_id="42", space=Space.TEAM_SPACE)
        world.links.links[LINK_ID] = team
        world.account.move("/Jenji", "/Bob Durand/Jenji")
        world.accept(b"lunch")
        answer(world)

        counts = prove(world)

        assert (counts.documents, counts.present, counts.missing) == (1, 1, 0)
        assert counts.other_space == 3


def test_what_is_delivered_while_it_runs_is_not_looked_for() -> None:
    with sync_world() as world:
        [ticket] = delivered(world, b"ticket")
        ask(world)
        world.has_time = turning_false(after=3)
        answer(world)
        world.has_time = lambda: True
        world.account.delete(ticket)
        world.accept(b"lunch")

        answer(world)

        assert counts_of(world).documents == 1


def test_a_listing_is_gone_on_with_by_the_next_drain() -> None:
    with sync_world() as world:
        delivered(world, *(b"receipt %d" % number for number in range(17)))
        ask(world)
        for _ in range(2):
            world.has_time = turning_false(after=4)
            answer(world)
        pending = proof_of(world).pending
        world.has_time = lambda: True

        answer(world)

        assert pending is not None
        assert (pending.pages > 0, pending.is_listed) == (True, False)
        assert counts_of(world).is_complete
        assert len(world.proof_pages.listings) >= 4


def turning_false(*, after: int) -> Callable[[], bool]:
    """So many questions are answered with yes."""
    left = [after]

    def has_time() -> bool:
        left[0] -= 1
        return left[0] >= 0

    return has_time


def test_the_month_has_it_done_once_and_not_of_a_new_link() -> None:
    with sync_world() as world:
        delivered(world)
        answer(world)
        assert proof_of(world).ended is None

        for _ in range(70):
            world.clock.advance(days=1)
            answer(world)

        assert [entry.actor for entry in world.proofs.trail] == [None, None]
        assert counts_of(world).is_complete


def test_what_was_asked_of_a_link_is_not_asked_of_the_next_one() -> None:
    with sync_world() as world:
        delivered(world)
        ask(world)
        world.clock.advance(seconds=1)
        world.link(world.account)

        answer(world)

        assert ended_of(world).problem is ProofProblem.LINK_CHANGED
        assert world.events.of("CompanyFolderProved") == []


def test_a_monthly_proof_begins_again_with_the_link_that_was_made_while_it_ran() -> None:
    with sync_world() as world:
        delivered(world)
        monthly = PendingProof("run-1", None, world.clock(), "doorbell").begun(1, world.clock())
        old_page = [*world.proof_pages.listings]
        world.proofs.save(
            replace(proof_of(world), pending=replace(monthly, cursor="of the old link", pages=1))
        )
        world.link(world.account)

        answer(world)

        assert old_page == []
        assert counts_of(world).is_complete


def test_given_up_after_a_day_it_says_so_and_what_was_known_stays() -> None:
    with sync_world() as world:
        delivered(world)
        prove(world)
        known = proof_of(world).proved
        ask(world)
        world.dropbox = Failing(world.dropbox, list_page=always(DropboxUnavailable("503")))
        for _ in range(30):
            answer(world)
            world.clock.advance(hours=1)

        answer(world)

        assert ended_of(world).problem is ProofProblem.NOT_IN_TIME
        assert proof_of(world).proved == known


def test_an_account_that_may_not_list_the_folder_goes_on_delivering() -> None:
    with sync_world() as world:
        delivered(world)
        world.dropbox = Failing(world.dropbox, list_page=always(AccessDenied("403 no_permission")))
        ask(world)
        world.accept(b"lunch")

        answer(world)

        assert ended_of(world).problem is ProofProblem.NO_PERMISSION
        assert world.link_row.problem is None
        assert {row.status for row in world.rows()} == {DeliveryStatus.DELIVERED}


FAULTS: dict[str, Callable[[], IntegrationError]] = {
    "rate limited": lambda: RateLimited(40.0),
    "down": lambda: DropboxUnavailable("503"),
    "call not understood": lambda: CallNotUnderstood("400"),
    "app refused": lambda: AppRefused("401 route_access_denied"),
    "cursor reset": lambda: ListingReset("reset"),
    "aws throttles": lambda: AwsUnavailable("s3"),
    "token revoked": lambda: LinkRevoked(LinkProblem.TOKEN_REVOKED),
}
CALLS = ["list_page", "find_at", "upload_small"]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_after_a_fault_at_any_call_the_proof_comes_to_the_same_result(fault: str, call: str) -> None:
    with sync_world() as world:
        ticket, *_ = delivered(world)
        world.account.delete(ticket)
        ask(world)
        world.dropbox = Failing(world.dropbox, **{call: times(1, FAULTS[fault]())})

        answer(world)
        world.clock.advance(hours=1)
        answer(world)

        counts = counts_of(world)
        assert (counts.documents, counts.present, counts.missing) == (3, 2, 1)
        assert world.link_row.problem is None
        assert len({event["id"] for event in world.events.of("CompanyFolderProved")}) == 1


@pytest.mark.parametrize("fault", sorted(FAULTS.keys() - {"token revoked"}))
def test_no_fault_of_a_listing_holds_a_delivery_up(fault: str) -> None:
    with sync_world() as world:
        delivered(world)
        ask(world)
        world.dropbox = Failing(world.dropbox, list_page=always(FAULTS[fault]()))
        world.accept(b"lunch")

        answer(world)

        assert {row.status for row in world.rows()} == {DeliveryStatus.DELIVERED}
        assert proof_of(world).pending is not None
        assert (world.link_row.problem, world.link_row.not_before) == (None, None)


def test_pages_that_are_gone_are_listed_again() -> None:
    with sync_world() as world:
        delivered(world)
        ask(world)
        world.has_time = turning_false(after=5)
        answer(world)
        world.has_time = lambda: True
        world.proof_pages.listings.clear()

        for _ in range(3):
            answer(world)
            world.clock.advance(hours=1)

        assert counts_of(world).is_complete


def test_a_folder_that_is_gone_while_it_is_listed_is_listed_again() -> None:
    with sync_world() as world:
        delivered(world, *(b"receipt %d" % number for number in range(7)))
        ask(world)
        world.has_time = turning_false(after=5)
        answer(world)
        pending = proof_of(world).pending
        assert pending is not None
        assert (bool(pending.cursor), pending.is_listed) == (True, False)
        world.has_time = lambda: True
        world.account.move("/Jenji", "/Old receipts")

        for _ in range(3):
            answer(world)
            world.clock.advance(hours=1)

        assert (counts_of(world).missing, counts_of(world).is_folder_missing) == (7, True)


def ask_to_put_back(world: SyncWorld) -> None:
    """What the API does when an administrator asks for it."""
    world.clock.advance(seconds=1)
    proof = proof_of(world)
    assert proof.proved is not None
    request = PutBack("request-1", proof.proved.run_id, "bob", world.clock(), "put-back-1")
    world.proofs.save(replace(proof, put_back=request))


def test_what_is_missing_is_put_back_in_its_place_and_proved() -> None:
    with sync_world() as world:
        ticket, dinner, _ = delivered(world)
        world.account.delete(ticket)
        world.account.write(dinner, b"dinner, with a note")
        prove(world)

        ask_to_put_back(world)
        answer(world)
        counts = prove(world)

        contents = world.account.tree_contents()
        assert (contents[ticket], contents[dinner]) == (b"ticket", b"dinner, with a note")
        assert (counts.present, counts.missing, counts.changed) == (2, 0, 1)
        assert [entry.action for entry in world.proofs.trail].count(AuditAction.PUT_BACK) == 1


def test_it_goes_to_the_next_free_name_where_somebodys_file_has_come_since() -> None:
    with sync_world() as world:
        [ticket] = delivered(world, b"ticket")
        world.account.delete(ticket)
        prove(world)
        world.account.write(ticket, b"mine")

        ask_to_put_back(world)
        answer(world)

        contents = world.account.tree_contents()
        assert contents[ticket] == b"mine"
        assert list(contents.values()).count(b"ticket") == 1


def test_what_has_come_back_by_itself_is_not_doubled() -> None:
    with sync_world() as world:
        [ticket] = delivered(world, b"ticket")
        world.account.delete(ticket)
        prove(world)
        world.account.write(ticket, b"ticket")

        ask_to_put_back(world)
        answer(world)

        assert list(world.account.tree_contents().values()).count(b"ticket") == 1


def test_what_was_withdrawn_since_stays_as_it_is_on_record() -> None:
    with sync_world() as world:
        expense = world.accept(b"ticket")
        answer(world)
        [ticket] = world.files()
        world.account.delete(ticket)
        prove(world)
        world.set_status(expense, ExpenseStatus.REFUSED)

        ask_to_put_back(world)
        answer(world)

        assert world.files() == {}
        assert {row.status for row in world.rows()} == {DeliveryStatus.DELIVERED}
        put_back = proof_of(world).put_back
        assert put_back is not None
        assert (put_back.documents, put_back.at is not None) == (0, True)


Scene = Callable[[SyncWorld], None]


def a_damaged_folder(world: SyncWorld) -> None:
    """One document is missing, one changed, and a proof asked for."""
    ticket, dinner, _ = delivered(world)
    world.account.delete(ticket)
    world.account.write(dinner, b"dinner, with a note")
    ask(world)


def a_request_to_put_back(world: SyncWorld) -> None:
    """What a proof found missing is to be delivered again."""
    a_damaged_folder(world)
    answer(world)
    ask_to_put_back(world)


def crash_points() -> list[tuple[Scene, int, bool]]:
    points: list[tuple[Scene, int, bool]] = []
    for scene in (a_damaged_folder, a_request_to_put_back):
        with sync_world() as world:
            scene(world)
            counter = CallCounter()
            world.answer(counter=counter)
        points += [
            (scene, number, after) for number in range(1, counter.count + 1) for after in (False, True)
        ]
    return points


@pytest.mark.exhaustive
@pytest.mark.parametrize(("scene", "number", "after"), crash_points())
def test_the_next_drain_finishes_what_a_killed_one_began(scene: Scene, number: int, after: bool) -> None:
    with sync_world() as world:
        scene(world)
        with pytest.raises(Killed):
            world.answer(counter=CallCounter(number, after=after))

        for _ in range(4):
            world.clock.advance(minutes=20)
            answer(world)

        contents = list(world.account.tree_contents().values())
        is_putting_back = scene is a_request_to_put_back
        assert contents.count(b"ticket") == int(is_putting_back)
        assert contents.count(b"dinner, with a note") == 1
        assert (counts_of(world).missing, counts_of(world).changed) == (1, 1)
        assert len([path for path in world.account.tree_contents() if "/Proof " in path]) == 1
        assert len({event["id"] for event in world.events.of("CompanyFolderProved")}) == 1
        assert not proof_of(world).is_putting_back
