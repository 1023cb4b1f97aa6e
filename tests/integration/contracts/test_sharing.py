"""What the synchronisation may rely on of sharing: at Dropbox, in memory or behind HTTP, and on record."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from functions.document_sync.ports import FolderSharing
from local.dropbox_emulator import SYNCHRONISATION_APP, Account, DropboxEmulator, Fault
from local.dropbox_emulator.core.account import Owner
from local.dropbox_emulator.core.contents import ContentStore
from local.dropbox_emulator.faults.refusing import RouteError
from shared.aws.stores.sharing_store import SharingStore
from shared.domain.audit import AuditAction, AuditEntry
from shared.domain.errors import AwsRefused, FileGone, SharingChanged, SharingRefused
from shared.domain.sharing import (
    WHOLE_FOLDER,
    Access,
    Change,
    ChangeKind,
    JobState,
    PendingChange,
    Person,
    SharedFolder,
    SharingProblem,
    with_change_ended,
)
from shared.dropbox_api import errors as dropbox_errors
from shared.dropbox_api.gateway import DropboxAccount
from testing.fakes.sharing import FakeFolderSharing, FakeSharings
from tests.integration.conftest import Aws
from tests.integration.contracts.conftest import FAKE
from tests.integration.document_sync.conftest import CALLBACK_URL, refresh_token
from tests.integration.real_stores import erasable_records

NOW = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
COMPANY, ACCOUNT = "atelier", "dbid:first"
ANNA, BEN = "anna@accountants.example", "ben@accountants.example"
_names = (f"sharer{number}" for number in itertools.count())


@dataclass
class Scene:
    """An account, as its owner changes it, and what a drain shares it through."""

    account: Account
    sharing: FolderSharing

    def shared(self, path: str = "/Jenji") -> str:
        shared_folder_id, _ = self.sharing.share(path)
        assert shared_folder_id is not None
        return shared_folder_id

    def shared_with_five(self) -> str:
        shared_folder_id = self.shared()
        for number in range(5):
            self.sharing.add(shared_folder_id, f"{number}@accountants.example", Access.VIEWER)
        return shared_folder_id

    def access(self, shared_folder_id: str) -> dict[str, Access]:
        people, _ = self.sharing.people(shared_folder_id, 100)
        return {person.email: person.access for person in people}


@pytest.fixture(scope="module")
def emulator() -> Iterator[DropboxEmulator]:
    with DropboxEmulator() as emulator:
        emulator.add_redirect_uri(SYNCHRONISATION_APP.key, CALLBACK_URL)
        yield emulator


@pytest.fixture
def scene(
    kind: str, emulator: DropboxEmulator, contents: ContentStore, monkeypatch: pytest.MonkeyPatch
) -> Scene:
    monkeypatch.setattr(dropbox_errors, "FIRST_BACKOFF_SECONDS", 0.001)
    if kind == FAKE:
        owner = Owner("company", "company@example.com", "Company")
        account = Account(owner, contents, NOW.timestamp, lambda *_: None)
        return Scene(account, FakeFolderSharing(account))
    return real_scene(emulator)


def real_scene(emulator: DropboxEmulator, **owner: str) -> Scene:
    account = emulator.add_account(next(_names), **owner)
    token = refresh_token(emulator, account, "sharing.read", "sharing.write")
    dropbox = DropboxAccount(
        app_key=SYNCHRONISATION_APP.key, refresh_token=token, session=emulator.session(), sleep=lambda _: None
    )
    return Scene(account, dropbox.sharing)


def test_a_folder_that_is_not_there_is_gone_and_made_by_sharing(scene: Scene) -> None:
    with pytest.raises(FileGone):
        scene.sharing.find("/Jenji")

    shared_folder_id = scene.shared()

    assert scene.sharing.find("/Jenji") == shared_folder_id
    assert scene.sharing.path_of(shared_folder_id) == "/Jenji"


def test_sharing_twice_is_sharing_once(scene: Scene) -> None:
    scene.account.make_folder("/Jenji")
    assert scene.sharing.find("/Jenji") is None

    assert scene.shared() == scene.shared()


def test_who_is_invited_twice_is_there_once_and_keeps_their_access(scene: Scene) -> None:
    shared_folder_id = scene.shared()
    scene.sharing.add(shared_folder_id, ANNA, Access.VIEWER)
    scene.sharing.add(shared_folder_id, ANNA.upper(), Access.EDITOR)
    scene.sharing.add(shared_folder_id, BEN, Access.EDITOR)

    people, has_more = scene.sharing.people(shared_folder_id, 100)

    assert [(person.email, person.access, person.is_invited) for person in people[1:]] == [
        (ANNA, Access.VIEWER, True),
        (BEN, Access.EDITOR, True),
    ]
    assert (people[0].access, has_more) == (Access.OWNER, False)


def test_names_that_people_give_themselves_are_one_short_visible_line(emulator: DropboxEmulator) -> None:
    boss = "\u202eanna\x00\n" + "\U0001f4a5" * 200
    scene = real_scene(emulator, display_name=boss)

    people, _ = scene.sharing.people(scene.shared(), 100)

    assert people[0].name == "anna " + "\U0001f4a5" * 95


def test_access_is_changed_and_ended(scene: Scene) -> None:
    shared_folder_id = scene.shared()
    scene.sharing.add(shared_folder_id, ANNA, Access.VIEWER)
    scene.sharing.update(shared_folder_id, ANNA, Access.EDITOR)
    changed = scene.access(shared_folder_id)[ANNA]

    job = scene.sharing.remove(shared_folder_id, ANNA)
    states = [scene.sharing.removal_job(job) for _ in range(2)]

    assert (changed, states) == (Access.EDITOR, [JobState.UNDER_WAY, JobState.DONE])
    assert ANNA not in scene.access(shared_folder_id)


def test_who_has_no_access_is_gone_already(scene: Scene) -> None:
    shared_folder_id = scene.shared()

    with pytest.raises(FileGone):
        scene.sharing.remove(shared_folder_id, ANNA)


def test_the_owner_stays(scene: Scene) -> None:
    shared_folder_id = scene.shared()
    [owner] = scene.access(shared_folder_id)

    with pytest.raises(SharingRefused) as refused:
        scene.sharing.remove(shared_folder_id, owner)

    assert refused.value.problem is SharingProblem.IS_OWNER


def test_what_is_shared_no_more_is_gone_and_the_folder_stays(scene: Scene) -> None:
    scene.account.write("/Jenji/2026/receipt.pdf", b"receipt")
    shared_folder_id = scene.shared()

    job = scene.sharing.unshare(shared_folder_id)
    states = [scene.sharing.ending_job(job) for _ in range(2)]

    assert states == [JobState.UNDER_WAY, JobState.DONE]
    assert scene.sharing.find("/Jenji") is None
    assert list(scene.account.tree_contents()) == ["/Jenji/2026/receipt.pdf"]
    with pytest.raises(FileGone):
        scene.sharing.people(shared_folder_id, 100)
    with pytest.raises(FileGone):
        scene.sharing.unshare(shared_folder_id)


def test_a_job_nobody_knows_is_lost(scene: Scene) -> None:
    for check in (scene.sharing.share_job, scene.sharing.removal_job, scene.sharing.ending_job):
        assert check("dbjid:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") is JobState.LOST


def test_a_year_of_a_shared_folder_and_a_folder_of_a_shared_year_are_refused(scene: Scene) -> None:
    scene.account.make_folder("/Jenji/2026")
    year = scene.shared("/Jenji/2026")
    with pytest.raises(SharingRefused) as outer:
        scene.sharing.share("/Jenji")
    scene.sharing.unshare(year)
    scene.shared("/Jenji")
    with pytest.raises(SharingRefused) as inner:
        scene.sharing.share("/Jenji/2026")

    assert outer.value.problem is SharingProblem.CONTAINS_SHARED_FOLDER
    assert inner.value.problem is SharingProblem.INSIDE_SHARED_FOLDER


def test_a_sharing_follows_the_folder_that_is_moved(scene: Scene) -> None:
    shared_folder_id = scene.shared()
    scene.account.move("/Jenji", "/Buchhaltung")
    scene.account.make_folder("/Jenji")

    assert scene.sharing.find("/Jenji") is None
    assert scene.sharing.path_of(shared_folder_id) == "/Buchhaltung"


def test_more_people_than_wanted_are_said_to_be_there(scene: Scene) -> None:
    shared_folder_id = scene.shared_with_five()

    people, has_more = scene.sharing.people(shared_folder_id, 3)

    assert (len(people), has_more) == (3, True)


def test_people_of_several_pages_are_all_there(
    emulator: DropboxEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.dropbox_api.sharing.PEOPLE_PER_PAGE", 2)
    scene = real_scene(emulator)
    shared_folder_id = scene.shared_with_five()

    people, has_more = scene.sharing.people(shared_folder_id, 100)

    assert (len(people), has_more) == (6, False)


def test_a_person_is_found_by_their_address_on_any_page(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.dropbox_api.sharing.PEOPLE_PER_PAGE", 2)
    shared_folder_id = scene.shared_with_five()

    found = scene.sharing.find_person(shared_folder_id, "4@Accountants.example")

    assert found == Person("4@accountants.example", "", Access.VIEWER, is_invited=True)
    assert scene.sharing.find_person(shared_folder_id, ANNA) is None


def test_somebody_with_an_account_has_a_name_and_no_invitation(emulator: DropboxEmulator) -> None:
    scene = real_scene(emulator)
    anna = emulator.add_account(next(_names), display_name="Anna Accountant")
    shared_folder_id = scene.shared()

    scene.sharing.add(shared_folder_id, anna.owner.email, Access.VIEWER)

    people, _ = scene.sharing.people(shared_folder_id, 100)
    assert people[1] == Person(anna.owner.email, "Anna Accountant", Access.VIEWER)


def test_a_sharing_that_takes_a_job_is_found_when_it_is_done(emulator: DropboxEmulator) -> None:
    scene = real_scene(emulator)
    policy = emulator.batches
    before, policy.largest_synchronous = policy.largest_synchronous, 0
    try:
        shared_folder_id, job = scene.sharing.share("/Jenji")
        states = [scene.sharing.share_job(job or "") for _ in range(2)]
    finally:
        policy.largest_synchronous = before

    assert (shared_folder_id, states) == (None, [JobState.UNDER_WAY, JobState.DONE])
    assert scene.sharing.find("/Jenji") is not None


def tagged(kind: str) -> dict[str, Any]:
    tag, _, rest = kind.partition("/")
    return {".tag": tag, **({tag: tagged(rest)} if rest else {})}


@pytest.mark.parametrize(
    ("route", "tag", "problem"),
    [
        ("share_folder", "email_unverified", SharingProblem.EMAIL_UNVERIFIED),
        ("share_folder", "no_permission", SharingProblem.NO_PERMISSION),
        ("share_folder", "team_policy_disallows_member_policy", SharingProblem.OUTSIDE_TEAM),
        ("share_folder", "disallowed_shared_link_policy", SharingProblem.PLAN),
        ("share_folder", "bad_path/inside_shared_folder", SharingProblem.INSIDE_SHARED_FOLDER),
        ("share_folder", "bad_path/contains_team_folder", SharingProblem.CONTAINS_SHARED_FOLDER),
        ("share_folder", "bad_path/is_vault", SharingProblem.FOLDER_UNSHAREABLE),
        ("share_folder", "bad_path/inside_app_folder", SharingProblem.FOLDER_UNSHAREABLE),
        ("add_folder_member", "email_unverified", SharingProblem.EMAIL_UNVERIFIED),
        ("add_folder_member", "access_error/email_unverified", SharingProblem.EMAIL_UNVERIFIED),
        ("add_folder_member", "cant_share_outside_team", SharingProblem.OUTSIDE_TEAM),
        ("add_folder_member", "insufficient_plan", SharingProblem.PLAN),
        ("add_folder_member", "too_many_invitees", SharingProblem.INVITATION_LIMIT),
        ("add_folder_member", "banned_member", SharingProblem.ADDRESS_REFUSED),
        ("add_folder_member", "team_folder", SharingProblem.NO_PERMISSION),
        ("update_folder_member", "insufficient_plan", SharingProblem.PLAN),
        ("update_folder_member", "no_permission", SharingProblem.NO_PERMISSION),
        ("remove_folder_member", "folder_owner", SharingProblem.IS_OWNER),
        ("remove_folder_member", "group_access", SharingProblem.ACCESS_INHERITED),
        ("remove_folder_member", "too_many_files", SharingProblem.TOO_MANY_FILES),
        ("unshare_folder", "team_folder", SharingProblem.NO_PERMISSION),
        ("unshare_folder", "too_many_files", SharingProblem.TOO_MANY_FILES),
    ],
)
def test_each_refusal_of_dropboxs_own_types_has_a_reason(
    emulator: DropboxEmulator, route: str, tag: str, problem: SharingProblem
) -> None:
    scene = real_scene(emulator)
    shared_folder_id = "" if route == "share_folder" else scene.shared()
    if shared_folder_id:
        scene.sharing.add(shared_folder_id, ANNA, Access.VIEWER)
    calls: dict[str, Any] = {
        "share_folder": lambda: scene.sharing.share("/Jenji"),
        "add_folder_member": lambda: scene.sharing.add(shared_folder_id, BEN, Access.VIEWER),
        "update_folder_member": lambda: scene.sharing.update(shared_folder_id, ANNA, Access.EDITOR),
        "remove_folder_member": lambda: scene.sharing.remove(shared_folder_id, ANNA),
        "unshare_folder": lambda: scene.sharing.unshare(shared_folder_id),
    }
    emulator.faults.add(
        Fault(route=f"sharing/{route}", account=scene.account.name, answer=RouteError(tagged(tag)), times=1)
    )

    with pytest.raises(SharingRefused) as refused:
        calls[route]()

    assert (refused.value.problem, refused.value.tag) == (problem, tag)


# ------------------------------------------------------------------------------------- on record


@pytest.fixture
def sharings(kind: str, request: pytest.FixtureRequest) -> Any:
    if kind == FAKE:
        return FakeSharings()
    request.getfixturevalue("aws")
    return SharingStore("deliveries", "audit_trail")


EMPTY = SharedFolder(COMPANY, ACCOUNT, WHOLE_FOLDER)


def pending(number: int = 1, at: datetime = NOW, access: Access = Access.VIEWER) -> PendingChange:
    change = Change(ChangeKind.SHARE, ANNA, access)
    return PendingChange(f"change-{number}", change, "bob", at, "request-1")


def entry(of: PendingChange, problem: SharingProblem | None = None) -> AuditEntry:
    return AuditEntry(
        subject=f"company:{COMPANY}",
        at=NOW,
        action=AuditAction.SHARED,
        actor=of.by,
        account_id=ACCOUNT,
        generation=1,
        folder=WHOLE_FOLDER,
        person=ANNA,
        access=of.change.access,
        problem=problem,
        change_id=of.change_id,
    )


def test_a_change_is_on_record_until_it_has_ended(sharings: Any) -> None:
    asked = sharings.request(EMPTY, pending())
    [on_record] = sharings.of_account(COMPANY, ACCOUNT)
    ended = with_change_ended(asked, NOW, SharingProblem.PLAN)

    sharings.record_ended(asked, ended, entry(pending(), SharingProblem.PLAN))

    assert on_record == asked
    assert sharings.of_account(COMPANY, ACCOUNT) == [ended]


def test_a_folder_has_one_change_on_its_way_at_a_time(sharings: Any) -> None:
    sharings.request(EMPTY, pending(1))

    with pytest.raises(SharingChanged):
        sharings.request(EMPTY, pending(2, NOW + timedelta(hours=23)))
    sharings.request(replace(EMPTY, name="2026"), pending(3))
    overdue = sharings.request(EMPTY, pending(4, NOW + timedelta(hours=24)))

    assert [folder.pending.change_id for folder in sharings.of_account(COMPANY, ACCOUNT)] == [
        "change-3",
        "change-4",
    ]
    assert overdue.pending.change_id == "change-4"


def test_a_change_that_was_replaced_or_has_ended_is_recorded_no_more(sharings: Any) -> None:
    asked = sharings.request(EMPTY, pending())
    ended = with_change_ended(asked, NOW, None)
    sharings.record_ended(asked, ended, entry(pending()))

    with pytest.raises(SharingChanged):
        sharings.record_ended(asked, ended, entry(pending()))
    with pytest.raises(SharingChanged):
        sharings.put_off(asked, replace(pending(), tries=1))


def test_how_far_a_change_is_stays_on_record(sharings: Any) -> None:
    asked = sharings.request(EMPTY, pending())
    later = replace(pending(), job_id="dbjid:1", tries=2, next_try=NOW + timedelta(minutes=1))

    put_off = sharings.put_off(asked, later)

    assert sharings.of_account(COMPANY, ACCOUNT) == [put_off]
    assert put_off.pending == later


def test_what_was_seen_is_on_record_beside_a_change_on_its_way(sharings: Any) -> None:
    asked = sharings.request(sharings.request_look(EMPTY, NOW), pending())
    anna = Person(ANNA, "Anna", Access.EDITOR, is_inherited=True)
    seen = replace(
        asked,
        shared_folder_id="1234",
        moved_to="/Moved",
        people=(anna, Person(BEN, "", Access.VIEWER, is_invited=True)),
        has_more_people=True,
        looked_at=NOW,
        problem=SharingProblem.NO_PERMISSION,
    )

    sharings.record_look(seen)
    again = replace(EMPTY, looked_at=NOW + timedelta(minutes=1))
    first = sharings.of_account(COMPANY, ACCOUNT)
    sharings.record_look(again)

    assert first == [seen]
    [now] = sharings.of_account(COMPANY, ACCOUNT)
    assert (now.people, now.shared_folder_id, now.pending) == ((), None, pending())


def test_others_and_their_accounts_are_left_alone(sharings: Any) -> None:
    sharings.request_look(EMPTY, NOW)
    sharings.request_look(replace(EMPTY, account_id=f"{ACCOUNT}-and-longer"), NOW)
    sharings.request_look(replace(EMPTY, company_id="globex"), NOW)

    assert sharings.of_account(COMPANY, ACCOUNT) == [replace(EMPTY, look_requested_at=NOW)]


def test_two_lines_of_the_trail_at_one_instant_are_two(aws: Aws) -> None:
    sharings = SharingStore("deliveries", "audit_trail")
    for number in (1, 2):
        asked = sharings.request(EMPTY, pending(number))
        sharings.record_ended(asked, with_change_ended(asked, NOW, None), entry(pending(number)))

    rows = boto3.resource("dynamodb").Table("audit_trail").scan()["Items"]

    assert len(rows) == 2
    assert {(row["person"], row["actor"], row["access"]) for row in rows} == {(ANNA, "bob", "viewer")}


def test_a_change_of_who_is_forgotten_is_not_made(aws: Aws) -> None:
    sharings = SharingStore("deliveries", "audit_trail")
    sharings.request(EMPTY, pending())
    sharings.request(replace(EMPTY, name="2026"), replace(pending(), by="eve"))
    records = erasable_records()

    records.pseudonymise(COMPANY, "bob", "pseudonym", lambda: None)

    assert [folder.name for folder in sharings.of_account(COMPANY, ACCOUNT)] == ["2026"]


def test_an_aws_that_fails_says_so(aws: Aws) -> None:
    sharings = SharingStore("gone")

    with pytest.raises(AwsRefused):
        sharings.of_account(COMPANY, ACCOUNT)
    with pytest.raises(AwsRefused):
        sharings.request(EMPTY, pending())
