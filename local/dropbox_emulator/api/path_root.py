"""The `Dropbox-API-Path-Root` header: an account without a team has one root, and any other is refused."""

from dropbox import common
from stone.backends.python_rsrc.stone_validators import ValidationError

from local.dropbox_emulator.core import stone_json
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.refusals import BadRequest, PathRootRefused


def root_info(account: Account) -> common.UserRootInfo:
    """The namespaces of an account: its root is its home."""
    namespace = str(account.owner.uid)
    return common.UserRootInfo(root_namespace_id=namespace, home_namespace_id=namespace)


def check_path_root(header: str | None, account: Account) -> None:
    """Let a call through whose header is absent or names the account's own root.

    Raises:
        BadRequest: not a path root.
        PathRootRefused: another root.

    """
    if header is None:
        return
    try:
        path_root = stone_json.decode(common.PathRoot_validator, header)
    except ValidationError as error:
        raise BadRequest(f'HTTP header "Dropbox-API-Path-Root": {error}') from error
    own = str(account.owner.uid)
    if path_root.is_root() and path_root.get_root() != own:
        raise PathRootRefused(common.PathRootError.invalid_root(root_info(account)))
    if path_root.is_namespace_id() and path_root.get_namespace_id() != own:
        raise PathRootRefused(common.PathRootError.no_permission)
