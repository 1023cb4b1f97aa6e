"""Sharing of folders: that they are shared, and what is known of it."""

from dropbox import async_, sharing

from local.dropbox_emulator.api.registry import Caller, implements
from local.dropbox_emulator.api.routes.batches import poll
from local.dropbox_emulator.core.apps import Access
from local.dropbox_emulator.core.refusals import BadRequest, LookupRefused, RouteRefused, WriteRefused
from local.dropbox_emulator.core.shared_folders import SharedFolder
from local.dropbox_emulator.core.tree import Entry, Folder
from local.dropbox_emulator.core.view import View

_INVALID_ID = sharing.SharedFolderAccessError.invalid_id


@implements("sharing/share_folder")
def share_folder(caller: Caller, arg: sharing.ShareFolderArg) -> sharing.ShareFolderLaunch:
    """Share a folder, which is made where it is missing. An app folder's inside cannot be shared."""
    with caller.locked() as view, caller.shared_folders.lock:
        folder = _folder_to_share(caller, view, arg.path)
        shared = caller.shared_folders.share(
            caller.account, folder, _policy(arg), arg.access_inheritance, caller.account.now()
        )
        metadata = describe_shared(caller, shared)
    if arg.force_async or caller.jobs.policy.largest_synchronous < 1:
        return sharing.ShareFolderLaunch.async_job_id(caller.jobs.launch(caller.account.id, metadata))
    return sharing.ShareFolderLaunch.complete(metadata)


@implements("sharing/check_share_job_status")
def check_share_job_status(caller: Caller, arg: async_.PollArg) -> sharing.ShareFolderJobStatus:
    """The state of a sharing that became a job."""
    return poll(caller, sharing.ShareFolderJobStatus, arg)


@implements("sharing/unshare_folder")
def unshare_folder(caller: Caller, arg: sharing.UnshareFolderArg) -> async_.LaunchEmptyResult:
    """Share a folder no longer; always a job."""
    with caller.shared_folders.lock:
        shared = find_shared(caller, arg.shared_folder_id, sharing.UnshareFolderError.access_error)
        if shared.owner is not caller.account:
            raise RouteRefused(sharing.UnshareFolderError.no_permission)
        caller.shared_folders.end(shared)
    return async_.LaunchEmptyResult.async_job_id(caller.jobs.launch(caller.account.id, shared))


@implements("sharing/check_job_status")
def check_job_status(caller: Caller, arg: async_.PollArg) -> sharing.JobStatus:
    """The state of a job that ends a sharing, or a membership."""
    try:
        result = caller.jobs.poll(caller.account.id, arg.async_job_id)
    except KeyError as unknown:
        raise RouteRefused(async_.PollError.invalid_async_job_id) from unknown
    return sharing.JobStatus.in_progress if result is None else sharing.JobStatus.complete


@implements("sharing/get_folder_metadata")
def get_folder_metadata(caller: Caller, arg: sharing.GetMetadataArgs) -> sharing.SharedFolderMetadata:
    """What is known of a shared folder."""
    with caller.locked(), caller.shared_folders.lock:
        return describe_shared(caller, find_shared(caller, arg.shared_folder_id, lambda error: error))


@implements("sharing/list_folders")
def list_folders(caller: Caller, arg: sharing.ListFoldersArgs) -> sharing.ListFoldersResult:
    """The first of the folders the account is a member of."""
    return _page(caller, 0, arg.limit)


@implements("sharing/list_folders/continue")
def list_folders_continue(caller: Caller, arg: sharing.ListFoldersContinueArg) -> sharing.ListFoldersResult:
    """The next of them."""
    start, _, limit = arg.cursor.partition("-")
    if not (start.isdecimal() and limit.isdecimal()):
        raise RouteRefused(sharing.ListFoldersContinueError.invalid_cursor)
    return _page(caller, int(start), int(limit))


@implements("sharing/mount_folder")
def mount_folder(caller: Caller, arg: sharing.MountFolderArg) -> sharing.SharedFolderMetadata:
    """Refuse: what others share is not shown in an account."""
    if not arg.shared_folder_id.isdecimal():
        raise BadRequest("shared_folder_id: not an id of a shared folder")
    with caller.shared_folders.lock:
        find_shared(caller, arg.shared_folder_id, sharing.MountFolderError.access_error)
    raise RouteRefused(sharing.MountFolderError.not_mountable)


def find_shared(caller: Caller, folder_id: str, wrap: sharing.SharedFolderAccessError) -> SharedFolder:
    """A shared folder that the caller is a member of.

    Raises:
        RouteRefused: there is none of this id, or the caller is not among its members.

    """
    shared = caller.shared_folders.get(folder_id)
    if shared is None or caller.app_access is Access.APP_FOLDER:
        raise RouteRefused(wrap(_INVALID_ID), "Invalid shared folder ID.")
    if shared.member(account=caller.account) is None:
        raise RouteRefused(wrap(sharing.SharedFolderAccessError.not_a_member))
    return shared


def describe_shared(caller: Caller, shared: SharedFolder) -> sharing.SharedFolderMetadata:
    """A shared folder as the caller sees it; only its owner has it at a path."""
    member = shared.member(account=caller.account)
    is_own = shared.owner is caller.account and caller.view.sees(shared.folder)
    return sharing.SharedFolderMetadata(
        access_type=member.access if member else sharing.AccessLevel.no_access,
        is_inside_team_folder=False,
        is_team_folder=False,
        name=shared.folder.name,
        policy=shared.policy,
        preview_url=f"https://www.dropbox.com/scl/fo/{shared.id}",
        shared_folder_id=shared.id,
        time_invited=shared.shared_at,
        path_lower=caller.view.key_of(shared.folder) if is_own else None,
        path_display=caller.view.path_of(shared.folder) if is_own else None,
        owner_display_names=[shared.owner.owner.display_name],
        access_inheritance=shared.access_inheritance,
        folder_id=shared.folder.id,
    )


def _folder_to_share(caller: Caller, view: View, path: str) -> Folder:
    refused = sharing.ShareFolderError.bad_path
    errors = sharing.SharePathError
    if caller.app_access is Access.APP_FOLDER:
        raise RouteRefused(refused(errors.inside_app_folder if path.strip("/") else errors.is_app_folder))
    entry = _found_or_made(view, path)
    if not isinstance(entry, Folder):
        raise RouteRefused(refused(errors.is_file))
    if entry is view.root():
        raise RouteRefused(refused(errors.invalid_path))
    known = caller.account.shared_folder_ids
    shared = caller.shared_folders.get(known.get(entry.id, ""))
    if shared is not None:
        raise RouteRefused(refused(errors.already_shared(describe_shared(caller, shared))))
    if any(each.id in known for each in entry.ancestry()):
        raise RouteRefused(refused(errors.inside_shared_folder))
    if any(each.id in known for each in entry.walk()):
        raise RouteRefused(refused(errors.contains_shared_folder))
    _refuse_app_folders(caller, entry)
    return entry


def _found_or_made(view: View, path: str) -> Entry:
    try:
        return view.find(path).entry
    except LookupRefused:
        try:
            start, names = view.names_to_write(path)
            return view.account.tree.make_folder(names, start or view.make_root())
        except WriteRefused as refused:
            error = sharing.ShareFolderError.bad_path(sharing.SharePathError.invalid_path)
            raise RouteRefused(error) from refused


def _refuse_app_folders(caller: Caller, folder: Folder) -> None:
    """Refuse the folder above apps' folders, an app's folder, and all that is in one."""
    account, errors = caller.account, sharing.SharePathError
    apps = account.tree.find((*account.home, account.apps_folder))
    depth = len(folder.ancestry()) - len(account.home)
    if not isinstance(apps, Folder) or apps not in folder.ancestry():
        return
    if depth == 1 and not apps.children:
        return
    error = {1: errors.contains_app_folder, 2: errors.is_app_folder}.get(depth, errors.inside_app_folder)
    raise RouteRefused(sharing.ShareFolderError.bad_path(error))


def _policy(arg: sharing.ShareFolderArg) -> sharing.FolderPolicy:
    return sharing.FolderPolicy(
        acl_update_policy=arg.acl_update_policy or sharing.AclUpdatePolicy.owner,
        shared_link_policy=arg.shared_link_policy or sharing.SharedLinkPolicy.anyone,
        member_policy=arg.member_policy or sharing.MemberPolicy.anyone,
        resolved_member_policy=arg.member_policy or sharing.MemberPolicy.anyone,
        viewer_info_policy=arg.viewer_info_policy or sharing.ViewerInfoPolicy.enabled,
    )


def _page(caller: Caller, start: int, limit: int) -> sharing.ListFoldersResult:
    with caller.locked(), caller.shared_folders.lock:
        known = [] if caller.app_access is Access.APP_FOLDER else caller.shared_folders.of(caller.account)
        entries = [describe_shared(caller, each) for each in known[start : start + limit]]
    end = start + len(entries)
    return sharing.ListFoldersResult(entries=entries, cursor=f"{end}-{limit}" if end < len(known) else None)
