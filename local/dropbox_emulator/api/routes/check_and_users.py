"""`check/*`, `users/*` and `auth/token/revoke`."""

from dropbox import check, team_policies, users
from dropbox.users_common import AccountType

from local.dropbox_emulator.api.path_root import root_info
from local.dropbox_emulator.api.registry import Caller, implements, implements_for_apps
from local.dropbox_emulator.core.account import Account, Owner, TeamSpace
from local.dropbox_emulator.core.apps import App
from local.dropbox_emulator.core.refusals import RouteRefused


@implements_for_apps("check/app")
def check_app(_app: App, arg: check.EchoArg) -> check.EchoResult:
    """Echo the query to an app."""
    return check.EchoResult(result=arg.query)


@implements("check/user")
def check_user(_caller: Caller, arg: check.EchoArg) -> check.EchoResult:
    """Echo the query."""
    return check.EchoResult(result=arg.query)


@implements("users/get_current_account")
def get_current_account(caller: Caller, _arg: None) -> users.FullAccount:
    """The account the token was given for."""
    owner = caller.account.owner
    return users.FullAccount(
        account_id=owner.account_id,
        name=_name(owner.display_name),
        email=owner.email,
        email_verified=True,
        disabled=caller.account.is_suspended,
        country=owner.country,
        locale=owner.locale,
        referral_link="https://www.dropbox.com/referrals/emulated",
        is_paired=False,
        account_type=AccountType.business if owner.team else AccountType.basic,
        root_info=root_info(caller.account),
        team=_team(owner.team) if owner.team else None,
        team_member_id=_member_id(owner) if owner.team else None,
    )


@implements("users/get_account")
def get_account(caller: Caller, arg: users.GetAccountArg) -> users.BasicAccount:
    """Anybody's account, as far as others may know it."""
    account = caller.accounts.get(arg.account_id)
    if account is None:
        raise RouteRefused(users.GetAccountError.no_account)
    return _describe(account)


@implements("users/get_account_batch")
def get_account_batch(caller: Caller, arg: users.GetAccountBatchArg) -> list[users.BasicAccount]:
    """Several accounts, or the first that there is not."""
    for account_id in arg.account_ids:
        if account_id not in caller.accounts:
            raise RouteRefused(users.GetAccountBatchError.no_account(account_id))
    return [_describe(caller.accounts[account_id]) for account_id in arg.account_ids]


@implements("users/get_space_usage")
def get_space_usage(caller: Caller, _arg: None) -> users.SpaceUsage:
    """What the account's files take, and its quota."""
    with caller.locked():
        return users.SpaceUsage(
            used=caller.account.tree.used,
            allocation=users.SpaceAllocation.individual(
                users.IndividualSpaceAllocation(allocated=caller.account.quota)
            ),
        )


@implements("auth/token/revoke")
def revoke_token(caller: Caller, _arg: None) -> None:
    """Kill the token, its refresh token and that refresh token's other access tokens."""
    caller.authorizations.revoke_grant(caller.token.grant)


def _describe(account: Account) -> users.BasicAccount:
    return users.BasicAccount(
        account_id=account.id,
        name=_name(account.owner.display_name),
        email=account.owner.email,
        email_verified=True,
        disabled=account.is_suspended,
        is_teammate=False,
    )


def _name(display_name: str) -> users.Name:
    given, _, surname = display_name.partition(" ")
    return users.Name(
        given_name=given,
        surname=surname,
        familiar_name=given,
        display_name=display_name,
        abbreviated_name=(given[:1] + surname[:1]).upper(),
    )


def _member_id(owner: Owner) -> str:
    return f"dbmid:{owner.account_id.removeprefix('dbid:')}"


def _team(team: TeamSpace) -> users.FullTeam:
    return users.FullTeam(
        id="dbtid:AAFdgehTzw7WlXhZJsbGCLePe8RvQGYDr-I",
        name=team.team_name,
        sharing_policies=team_policies.TeamSharingPolicies(
            shared_folder_member_policy=team_policies.SharedFolderMemberPolicy.anyone,
            shared_folder_join_policy=team_policies.SharedFolderJoinPolicy.from_anyone,
            shared_link_create_policy=team_policies.SharedLinkCreatePolicy.default_public,
            group_creation_policy=team_policies.GroupCreation.admins_only,
            shared_folder_link_restriction_policy=team_policies.SharedFolderBlanketLinkRestrictionPolicy.anyone,
            enforce_link_password_policy=team_policies.EnforceLinkPasswordPolicy.optional,
            default_link_expiration_days_policy=team_policies.DefaultLinkExpirationDaysPolicy.none,
            shared_link_default_permissions_policy=team_policies.SharedLinkDefaultPermissionsPolicy.default,
        ),
        office_addin_policy=team_policies.OfficeAddInPolicy.disabled,
        top_level_content_policy=team_policies.TopLevelContentPolicy.everyone,
    )
