"""The `Dropbox-API-Path-Root` header: whether a call acts in its user's own folder or in the team space."""

from dropbox import common
from stone.backends.python_rsrc.stone_validators import ValidationError

from local.dropbox_emulator.core import stone_json
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.refusals import BadRequest, PathRootRefused


def root_info(account: Account) -> common.RootInfo:
    """The namespaces of an account: its root is its home, unless it has a team space."""
    namespaces = {
        "root_namespace_id": account.root_namespace,
        "home_namespace_id": account.home_namespace,
    }
    if account.owner.team and not account.owner.team.is_told_as_user:
        return common.TeamRootInfo(home_path=account.home_path, **namespaces)
    return common.UserRootInfo(**namespaces)


def asks_for_team_space(header: str | None, account: Account) -> bool:
    """Whether a call acts in the team space; without a header it acts in its user's own folder.

    Raises:
        BadRequest: not a path root.
        PathRootRefused: a root the account has not, or has no longer.

    """
    if header is None:
        return False
    try:
        path_root = stone_json.decode(common.PathRoot_validator, header)
    except ValidationError as error:
        raise BadRequest(f'HTTP header "Dropbox-API-Path-Root": {error}') from error
    if path_root.is_home():
        return False
    if path_root.is_root() and path_root.get_root() != account.root_namespace:
        raise PathRootRefused(common.PathRootError.invalid_root(root_info(account)))
    namespace = path_root.get_root() if path_root.is_root() else path_root.get_namespace_id()
    if account.is_kept_out_of_team_space and namespace == account.root_namespace:
        raise PathRootRefused(common.PathRootError.no_permission)
    if namespace not in {account.root_namespace, account.home_namespace}:
        raise PathRootRefused(common.PathRootError.no_permission)
    return bool(namespace != account.home_namespace)
