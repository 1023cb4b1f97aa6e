"""Members of shared folders: who is one, who is invited, and who may say so."""

import base64
import binascii
import json
from typing import Any

from dropbox import async_, sharing

from local.dropbox_emulator.api.registry import Caller, implements
from local.dropbox_emulator.api.routes.batches import poll
from local.dropbox_emulator.api.routes.folder_sharing import find_shared
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.refusals import RouteRefused
from local.dropbox_emulator.core.shared_folders import Member, SharedFolder

# ruff: noqa: ANN401 - Stone's unions are untyped


@implements("sharing/add_folder_member")
def add_folder_member(caller: Caller, arg: sharing.AddFolderMemberArg) -> None:
    """Add members; an address without an account is invited. Those who are members keep their access."""
    errors = sharing.AddFolderMemberError
    with caller.shared_folders.lock:
        shared = find_shared(caller, arg.shared_folder_id, errors.access_error)
        _refuse_without_permission(caller, shared, errors.no_permission)
        members = [_new_member(caller, each) for each in arg.members]
        for member in members:
            if shared.member(account=member.account, email=member.email) is None:
                shared.members.append(member)


@implements("sharing/list_folder_members")
def list_folder_members(caller: Caller, arg: sharing.ListFolderMembersArgs) -> sharing.SharedFolderMembers:
    """The first of a folder's members, its owner foremost."""
    actions = [action._tag for action in arg.actions or ()]
    return _page(caller, arg.shared_folder_id, 0, arg.limit, actions if arg.actions is not None else None)


@implements("sharing/list_folder_members/continue")
def list_folder_members_continue(
    caller: Caller, arg: sharing.ListFolderMembersContinueArg
) -> sharing.SharedFolderMembers:
    """The next of them."""
    errors = sharing.ListFolderMembersContinueError
    try:
        folder_id, start, limit, actions = json.loads(base64.urlsafe_b64decode(arg.cursor.encode()))
        return _page(caller, folder_id, start, limit, actions)
    except (binascii.Error, ValueError, TypeError) as error:
        raise RouteRefused(errors.invalid_cursor) from error
    except RouteRefused as refused:
        raise RouteRefused(errors.access_error(refused.error)) from refused


@implements("sharing/update_folder_member")
def update_folder_member(
    caller: Caller, arg: sharing.UpdateFolderMemberArg
) -> sharing.MemberAccessLevelResult:
    """Give a member other access. A folder has one owner, and keeps it."""
    errors = sharing.UpdateFolderMemberError
    with caller.shared_folders.lock:
        shared = find_shared(caller, arg.shared_folder_id, errors.access_error)
        _refuse_without_permission(caller, shared, errors.no_permission)
        member = _member(caller, shared, arg.member, errors.member_error)
        if member.is_owner or arg.access_level.is_owner():
            raise RouteRefused(errors.no_permission)
        member.access = arg.access_level
    return sharing.MemberAccessLevelResult(access_level=arg.access_level)


@implements("sharing/remove_folder_member")
def remove_folder_member(caller: Caller, arg: sharing.RemoveFolderMemberArg) -> async_.LaunchResultBase:
    """Remove a member; always a job."""
    errors = sharing.RemoveFolderMemberError
    with caller.shared_folders.lock:
        shared = find_shared(caller, arg.shared_folder_id, errors.access_error)
        member = _member(caller, shared, arg.member, errors.member_error)
        if member.is_owner:
            raise RouteRefused(errors.folder_owner)
        if member.account is not caller.account:
            _refuse_without_permission(caller, shared, errors.no_permission)
        shared.members.remove(member)
    result = sharing.MemberAccessLevelResult(access_level=None)
    return async_.LaunchResultBase.async_job_id(caller.jobs.launch(caller.account.id, result))


@implements("sharing/check_remove_member_job_status")
def check_remove_member_job_status(caller: Caller, arg: async_.PollArg) -> sharing.RemoveMemberJobStatus:
    """The state of a removal."""
    return poll(caller, sharing.RemoveMemberJobStatus, arg)


def _page(
    caller: Caller, folder_id: str, start: int, limit: int, actions: list[str] | None
) -> sharing.SharedFolderMembers:
    with caller.shared_folders.lock:
        shared = find_shared(caller, folder_id, lambda error: error)
        members = shared.members[start : start + limit]
        left = len(shared.members) - start - len(members)
        users = [_describe_user(caller, each, actions) for each in members if each.account is not None]
        invitees = [_describe_invitee(caller, each, actions) for each in members if each.account is None]
    cursor = json.dumps([folder_id, start + len(members), limit, actions])
    return sharing.SharedFolderMembers(
        users=users,
        groups=[],
        invitees=invitees,
        cursor=base64.urlsafe_b64encode(cursor.encode()).decode() if left else None,
    )


def _describe_user(caller: Caller, member: Member, actions: list[str] | None) -> sharing.UserMembershipInfo:
    account = member.account or caller.account
    return sharing.UserMembershipInfo(
        access_type=member.access,
        user=sharing.UserInfo(
            account_id=account.id,
            email=account.owner.email,
            display_name=account.owner.display_name,
            same_team=False,
        ),
        permissions=_permissions(caller, member, actions),
        is_inherited=False,
    )


def _describe_invitee(
    caller: Caller, member: Member, actions: list[str] | None
) -> sharing.InviteeMembershipInfo:
    return sharing.InviteeMembershipInfo(
        access_type=member.access,
        invitee=sharing.InviteeInfo.email(member.email),
        permissions=_permissions(caller, member, actions),
        is_inherited=False,
    )


def _permissions(
    caller: Caller, member: Member, actions: list[str] | None
) -> list[sharing.MemberPermission] | None:
    """Whether the caller may do each of these to a member; nobody may to the owner, nor to oneself."""
    if actions is None:
        return None
    reason = None
    if member.account is caller.account:
        reason = sharing.PermissionDeniedReason.target_is_self
    elif member.is_owner:
        reason = sharing.PermissionDeniedReason.target_is_owner
    return [
        sharing.MemberPermission(
            action=getattr(sharing.MemberAction, action), allow=reason is None, reason=reason
        )
        for action in actions
    ]


def _new_member(caller: Caller, asked: sharing.AddMember) -> Member:
    errors = sharing.AddFolderMemberError
    access = asked.access_level or sharing.AccessLevel.viewer
    if access.is_owner():
        raise RouteRefused(errors.no_permission)
    if asked.member.is_email():
        email = asked.member.get_email()
        return Member(email, _account_of(caller, email), access)
    account = caller.accounts.get(asked.member.get_dropbox_id())
    if account is None:
        unknown = sharing.AddMemberSelectorError.invalid_dropbox_id(asked.member.get_dropbox_id())
        raise RouteRefused(errors.bad_member(unknown))
    return Member(account.owner.email, account, access)


def _member(caller: Caller, shared: SharedFolder, selector: sharing.MemberSelector, wrap: Any) -> Member:
    if selector.is_email():
        member = shared.member(email=selector.get_email())
    else:
        account = caller.accounts.get(selector.get_dropbox_id())
        if account is None:
            raise RouteRefused(wrap(sharing.SharedFolderMemberError.invalid_dropbox_id))
        member = shared.member(account=account)
    if member is None:
        raise RouteRefused(wrap(sharing.SharedFolderMemberError.not_a_member))
    return member


def _account_of(caller: Caller, email: str) -> Account | None:
    for account in caller.accounts.values():
        if account.owner.email.lower() == email.lower():
            return account
    return None


def _refuse_without_permission(caller: Caller, shared: SharedFolder, error: Any) -> None:
    """Refuse a viewer, and an editor where the folder's policy leaves its members to the owner."""
    member = shared.member(account=caller.account)
    is_for_editors = shared.policy.acl_update_policy.is_editors()
    if member is None or not (member.is_owner or (is_for_editors and member.may_change_members)):
        raise RouteRefused(error)
