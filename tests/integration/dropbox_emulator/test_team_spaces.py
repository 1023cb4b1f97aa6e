"""Team spaces, `Dropbox-API-Path-Root`, and the name of the folder above apps' folders."""

import dropbox
import pytest
from dropbox import common

from local.dropbox_emulator import AUTO_IMPORT_APP, SYNCHRONISATION_APP, TeamSpace


@pytest.fixture
def member(emulator):
    member = emulator.add_account("bea", display_name="Bea Martin", team=TeamSpace())
    member.write("/Bea Martin/own.pdf", b"own")
    member.write("/Accounting/shared.pdf", b"shared")
    return member


@pytest.fixture
def member_client(connect, member):
    return connect(SYNCHRONISATION_APP, member)


def names(client):
    return {entry.name for entry in client.files_list_folder("").entries}


def in_space(client, account):
    return client.with_path_root(common.PathRoot.root(account.root_namespace))


def test_without_the_header_calls_act_in_the_member_folder(member_client, member):
    written = member_client.files_upload(b"new", "/new.pdf")

    assert names(member_client) == {"own.pdf", "new.pdf"}
    assert written.path_display == "/new.pdf"
    assert member.read("/Bea Martin/new.pdf") == b"new"


def test_with_the_header_calls_act_in_the_team_space(member_client, member):
    client = in_space(member_client, member)

    client.files_upload(b"new", "/Accounting/new.pdf")

    assert names(client) == {"Bea Martin", "Accounting"}
    assert member.read("/Accounting/new.pdf") == b"new"


def test_an_account_tells_both_its_roots(member_client, member):
    info = member_client.users_get_current_account().root_info

    assert isinstance(info, common.TeamRootInfo)
    assert (info.root_namespace_id, info.home_namespace_id) == (member.root_namespace, member.home_namespace)
    assert info.root_namespace_id != info.home_namespace_id
    assert info.home_path == "/Bea Martin"


def test_the_roots_may_differ_under_the_tag_of_a_user_as_well(emulator, connect):
    account = emulator.add_account("cleo", team=TeamSpace(is_told_as_user=True))

    info = connect(SYNCHRONISATION_APP, account).users_get_current_account().root_info

    assert isinstance(info, common.UserRootInfo)
    assert info.root_namespace_id != info.home_namespace_id


def test_a_stale_root_is_refused_with_the_present_one(member_client, member):
    client = in_space(member_client, member)
    member.change_root()

    with pytest.raises(dropbox.exceptions.PathRootError) as refused:
        client.files_list_folder("")

    assert refused.value.error.get_invalid_root().root_namespace_id == member.root_namespace


def test_a_member_may_lose_the_team_space_and_keeps_the_own_folder(member_client, member):
    client = in_space(member_client, member)
    member.is_kept_out_of_team_space = True

    with pytest.raises(dropbox.exceptions.PathRootError) as refused:
        client.files_list_folder("")

    assert refused.value.error.is_no_permission()
    assert names(member_client) == {"own.pdf"}


def test_a_cursor_is_good_for_its_own_root_only(member_client, member):
    cursor = member_client.files_list_folder("").cursor

    with pytest.raises(dropbox.exceptions.ApiError) as refused:
        in_space(member_client, member).files_list_folder_continue(cursor)

    assert refused.value.error.is_reset()


def test_an_app_folder_is_the_same_whatever_the_header_says(connect, member):
    client = connect(AUTO_IMPORT_APP, member)

    in_space(client, member).files_upload(b"1", "/a.pdf")

    assert names(client) == {"a.pdf"}
    assert member.read("/Bea Martin/Apps/Jenji/a.pdf") == b"1"


@pytest.mark.parametrize(
    ("locale", "folder"),
    [
        ("en", "Apps"),
        ("fr", "Applications"),
        ("es_ES", "Aplicaciones"),
        ("sv", "Appar"),
        ("pt-BR", "Aplicativos"),
        ("xx", "Apps"),
    ],
)
def test_the_folder_above_apps_folders_has_a_name_in_the_account_s_language(
    emulator, connect, locale, folder
):
    account = emulator.add_account("dora", locale=locale)

    connect(AUTO_IMPORT_APP, account).files_upload(b"1", "/a.pdf")

    assert account.read(f"/{folder}/Jenji/a.pdf") == b"1"
