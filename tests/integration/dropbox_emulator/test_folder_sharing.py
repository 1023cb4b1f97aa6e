"""Folders shared with others: jobs, members, invitations, and what is refused."""

import dropbox
import pytest
from dropbox import sharing
from dropbox.exceptions import ApiError

from local.dropbox_emulator import AUTO_IMPORT_APP, SYNCHRONISATION_APP, App, DropboxEmulator
from local.dropbox_emulator.core.apps import SCOPES

ALL_SCOPES = (*SCOPES, "sharing.read", "sharing.write")
FULL = App("key0", "secret0", "Sharer", SYNCHRONISATION_APP.access, scopes=ALL_SCOPES)
FOLDER = App("key1", "secret1", "Jenji", AUTO_IMPORT_APP.access, scopes=ALL_SCOPES)


@pytest.fixture
def emulator():
    with DropboxEmulator(apps=[FULL, FOLDER]) as emulator:
        yield emulator


@pytest.fixture
def connect(emulator):
    clients = []

    def make(account, app=FULL):
        client = dropbox.Dropbox(
            oauth2_refresh_token=emulator.link(app.key, account),
            app_key=app.key,
            app_secret=app.secret,
            session=emulator.session(),
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def alice(emulator):
    return emulator.add_account("alice", display_name="Alice Martin")


@pytest.fixture
def bob(emulator):
    return emulator.add_account("bob", display_name="Bob Stone")


@pytest.fixture
def client(connect, alice):
    return connect(alice)


@pytest.fixture
def shared(client):
    return client.sharing_share_folder("/Jenji").get_complete()


def added(email, level=sharing.AccessLevel.editor):
    return sharing.AddMember(sharing.MemberSelector.email(email), level)


def done(check, job):
    while (status := check(job)).is_in_progress():
        pass
    return status


def test_a_folder_is_shared_and_listings_say_so(client, alice):
    alice.write("/Jenji/2026/a.pdf", b"1")

    shared = client.sharing_share_folder("/Jenji").get_complete()

    listed = client.files_list_folder("", recursive=True).entries
    by_path = {entry.path_display: entry for entry in listed}
    assert (shared.name, shared.path_display, shared.access_type.is_owner()) == ("Jenji", "/Jenji", True)
    assert by_path["/Jenji"].sharing_info.shared_folder_id == shared.shared_folder_id
    assert by_path["/Jenji/2026/a.pdf"].sharing_info.parent_shared_folder_id == shared.shared_folder_id
    assert [each.name for each in client.sharing_list_folders().entries] == ["Jenji"]


def test_sharing_can_be_a_job(client):
    job = client.sharing_share_folder("/New", force_async=True).get_async_job_id()

    status = done(client.sharing_check_share_job_status, job)

    assert client.sharing_get_folder_metadata(status.get_complete().shared_folder_id).name == "New"


def test_members_are_added_or_invited_and_told_by_those_who_see_them(client, connect, bob, shared):
    client.sharing_add_folder_member(
        shared.shared_folder_id,
        [added(bob.owner.email), added("new@example.com", sharing.AccessLevel.viewer)],
    )

    first = client.sharing_list_folder_members(shared.shared_folder_id, limit=2)
    rest = client.sharing_list_folder_members_continue(first.cursor)

    assert [each.user.display_name for each in first.users] == ["Alice Martin", "Bob Stone"]
    assert [each.invitee.get_email() for each in rest.invitees] == ["new@example.com"]
    assert rest.cursor is None
    theirs = connect(bob).sharing_get_folder_metadata(shared.shared_folder_id)
    assert (theirs.access_type.is_editor(), theirs.path_lower) == (True, None)


def test_what_may_be_done_to_a_member_is_told(client, bob, shared):
    client.sharing_add_folder_member(shared.shared_folder_id, [added(bob.owner.email)])

    members = client.sharing_list_folder_members(
        shared.shared_folder_id, actions=[sharing.MemberAction.remove]
    ).users

    owner, editor = [each.permissions[0] for each in members]
    assert (owner.allow, owner.reason.is_target_is_self()) == (False, True)
    assert editor.allow


def test_a_member_s_access_is_changed(client, bob, shared):
    client.sharing_add_folder_member(shared.shared_folder_id, [added(bob.owner.email)])
    selector = sharing.MemberSelector.dropbox_id(bob.id)

    client.sharing_update_folder_member(shared.shared_folder_id, selector, sharing.AccessLevel.viewer)

    members = client.sharing_list_folder_members(shared.shared_folder_id).users
    assert members[1].access_type.is_viewer()


def test_a_member_is_removed_by_a_job(client, connect, bob, shared):
    client.sharing_add_folder_member(shared.shared_folder_id, [added(bob.owner.email)])
    selector = sharing.MemberSelector.email(bob.owner.email)

    launch = client.sharing_remove_folder_member(shared.shared_folder_id, selector, leave_a_copy=False)

    assert done(client.sharing_check_remove_member_job_status, launch.get_async_job_id()).is_complete()
    with pytest.raises(ApiError) as refused:
        connect(bob).sharing_get_folder_metadata(shared.shared_folder_id)
    assert refused.value.error.is_not_a_member()


def test_a_folder_is_shared_no_longer_by_a_job(client, shared):
    job = client.sharing_unshare_folder(shared.shared_folder_id).get_async_job_id()

    assert done(client.sharing_check_job_status, job).is_complete()
    assert client.sharing_list_folders().entries == []
    assert client.files_get_metadata("/Jenji").sharing_info is None


def test_folders_are_listed_in_pages(client):
    for name in "abc":
        client.sharing_share_folder(f"/{name}")

    first = client.sharing_list_folders(limit=2)
    rest = client.sharing_list_folders_continue(first.cursor)

    assert [each.name for each in (*first.entries, *rest.entries)] == ["a", "b", "c"]
    assert rest.cursor is None


def test_an_app_folder_s_inside_cannot_be_shared(connect, alice):
    client = connect(alice, FOLDER)

    with pytest.raises(ApiError) as refused:
        client.sharing_share_folder("/2026")

    assert refused.value.error.get_bad_path().is_inside_app_folder()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/shared", "already_shared"),
        ("/shared/inside", "inside_shared_folder"),
        ("/around", "contains_shared_folder"),
        ("/file", "is_file"),
        ("/Apps", "contains_app_folder"),
        ("/Apps/Jenji", "is_app_folder"),
        ("/Apps/Jenji/2026", "inside_app_folder"),
        ("/bad/..", "invalid_path"),
    ],
)
def test_a_path_that_cannot_be_shared_is_refused_with_its_reason(client, alice, path, reason):
    for folder in ("/shared/inside", "/around/inner", "/Apps/Jenji/2026"):
        alice.make_folder(folder)
    alice.write("/file", b"1")
    client.sharing_share_folder("/shared")
    client.sharing_share_folder("/around/inner")

    with pytest.raises(ApiError) as refused:
        client.sharing_share_folder(path)

    assert refused.value.error.get_bad_path()._tag == reason


def test_what_is_no_shared_folder_or_no_member_is_refused(client, connect, bob, shared):
    nobody = sharing.MemberSelector.email("nobody@example.com")
    for call, reason in (
        (lambda: client.sharing_add_folder_member("123", [added("a@example.com")]), "access_error"),
        (lambda: client.sharing_remove_folder_member(shared.shared_folder_id, nobody, False), "member_error"),
        (
            lambda: client.sharing_update_folder_member(
                shared.shared_folder_id, nobody, sharing.AccessLevel.viewer
            ),
            "member_error",
        ),
        (lambda: connect(bob).sharing_unshare_folder(shared.shared_folder_id), "access_error"),
    ):
        with pytest.raises(ApiError) as refused:
            call()

        assert refused.value.error._tag == reason


def test_a_viewer_changes_no_members_and_the_owner_cannot_be_removed(client, connect, bob, shared):
    client.sharing_add_folder_member(
        shared.shared_folder_id, [added(bob.owner.email, sharing.AccessLevel.viewer)]
    )

    with pytest.raises(ApiError) as adding:
        connect(bob).sharing_add_folder_member(shared.shared_folder_id, [added("c@example.com")])
    with pytest.raises(ApiError) as removing:
        client.sharing_remove_folder_member(
            shared.shared_folder_id, sharing.MemberSelector.email("alice@example.com"), False
        )

    assert adding.value.error.is_no_permission()
    assert removing.value.error.is_folder_owner()


def test_a_link_that_is_none_is_malformed_and_another_s_is_not_found(client):
    with pytest.raises(ApiError) as malformed:
        client.sharing_revoke_shared_link("https://www.dropbox.com/al0w4e11j0e1kp3/a.docx?dl=0")
    with pytest.raises(ApiError) as unknown:
        client.sharing_revoke_shared_link("https://www.dropbox.com/sh/abc/a?dl=0")

    assert malformed.value.error.is_shared_link_malformed()
    assert unknown.value.error.is_shared_link_not_found()


def test_a_link_tells_what_it_leads_to(client, alice):
    alice.write("/a.pdf", b"1")
    url = client.sharing_create_shared_link_with_settings("/a.pdf").url

    assert client.sharing_get_shared_link_metadata(url).name == "a.pdf"


def test_accounts_are_known_by_their_ids(client, bob):
    assert client.users_get_account(bob.id).name.display_name == "Bob Stone"
    assert [each.email for each in client.users_get_account_batch([bob.id])] == ["bob@example.com"]
    with pytest.raises(ApiError) as refused:
        client.users_get_account("dbid:" + "x" * 35)
    assert refused.value.error.is_no_account()
