"""`check/*`, `users/*` and `auth/token/revoke`."""

from dropbox import check, users
from dropbox.users_common import AccountType

from local.dropbox_emulator.api.path_root import root_info
from local.dropbox_emulator.api.registry import Caller, implements, implements_for_apps
from local.dropbox_emulator.core.apps import App


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
    given, _, surname = owner.display_name.partition(" ")
    return users.FullAccount(
        account_id=owner.account_id,
        name=users.Name(
            given_name=given,
            surname=surname,
            familiar_name=given,
            display_name=owner.display_name,
            abbreviated_name=(given[:1] + surname[:1]).upper(),
        ),
        email=owner.email,
        email_verified=True,
        disabled=caller.account.is_suspended,
        country=owner.country,
        locale=owner.locale,
        referral_link="https://www.dropbox.com/referrals/emulated",
        is_paired=False,
        account_type=AccountType.basic,
        root_info=root_info(caller.account),
    )


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
