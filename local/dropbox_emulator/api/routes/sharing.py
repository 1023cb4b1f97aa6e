"""Links to a file or folder, and the files others have shared: none."""

import re

from dropbox import files, sharing

from local.dropbox_emulator.api.metadata import describe
from local.dropbox_emulator.api.registry import Caller, implements
from local.dropbox_emulator.core.refusals import LookupRefused, RouteRefused, answering
from local.dropbox_emulator.core.shared_links import SharedLink
from local.dropbox_emulator.core.view import View

# Links of all ages: to files, to folders, and those that carry their key beside them.
# Whom a link may be for, and why it may not in a plan without a fee.
_VISIBILITIES = {"public": None, "team_only": "user_not_on_team", "password": "user_account_type"}
_LINK = re.compile(r"https://www\.dropbox\.com/(s|sh|scl/fi|scl/fo)/[^?]+")


@implements("sharing/create_shared_link_with_settings")
def create_shared_link(
    caller: Caller, arg: sharing.CreateSharedLinkWithSettingsArg
) -> sharing.SharedLinkMetadata:
    """A link to a file or folder. A plan without a fee allows no settings of consequence."""
    errors = sharing.CreateSharedLinkWithSettingsError
    if arg.settings and (arg.settings.expires or arg.settings.require_password):
        raise RouteRefused(errors.settings_error(sharing.SharedLinkSettingsError.not_authorized))
    with caller.locked() as view, answering(lookup=errors.path):
        entry = view.find(arg.path).entry
        if entry is view.root():
            raise RouteRefused(errors.access_denied)
        known = caller.account.links.of(entry.id)
        if known is not None:
            metadata = _describe(view, known)
            raise RouteRefused(
                errors.shared_link_already_exists(sharing.SharedLinkAlreadyExistsMetadata.metadata(metadata))
            )
        return _describe(view, caller.account.links.add(entry))


@implements("sharing/list_shared_links")
def list_shared_links(caller: Caller, arg: sharing.ListSharedLinksArg) -> sharing.ListSharedLinksResult:
    """The links to a path, with those to the folders it lies in, or all the app can see; on one page."""
    if arg.cursor is not None:
        raise RouteRefused(sharing.ListSharedLinksError.reset)
    with caller.locked() as view, answering(lookup=sharing.ListSharedLinksError.path):
        links = caller.account.links.all()
        if arg.path:
            entry = view.find(arg.path).entry
            wanted = {each.id for each in ([entry] if arg.direct_only else entry.ancestry())}
            links = [link for link in links if link.entry_id in wanted]
        visible = [link for link in links if _is_visible(view, link)]
        return sharing.ListSharedLinksResult(
            links=[_describe(view, link) for link in visible], has_more=False
        )


@implements("sharing/revoke_shared_link")
def revoke_shared_link(caller: Caller, arg: sharing.RevokeSharedLinkArg) -> None:
    """End a link."""
    if not _LINK.match(arg.url):
        raise RouteRefused(sharing.RevokeSharedLinkError.shared_link_malformed)
    with caller.locked() as view:
        for link in caller.account.links.all():
            if link.url == arg.url and _is_visible(view, link):
                caller.account.links.remove(link)
                return
    raise RouteRefused(sharing.RevokeSharedLinkError.shared_link_not_found)


@implements("sharing/get_shared_link_metadata")
def get_shared_link_metadata(
    caller: Caller, arg: sharing.GetSharedLinkMetadataArg
) -> sharing.SharedLinkMetadata:
    """What a link leads to; of links to other accounts, nothing is known."""
    with caller.locked() as view:
        for link in caller.account.links.all():
            if link.url == arg.url and arg.path is None and _is_visible(view, link):
                return _describe(view, link)
    raise RouteRefused(sharing.SharedLinkError.shared_link_not_found)


@implements("sharing/list_received_files")
def list_received_files(_caller: Caller, _arg: sharing.ListFilesArg) -> sharing.ListFilesResult:
    """No file is shared."""
    return sharing.ListFilesResult(entries=[])


@implements("sharing/list_received_files/continue")
def list_received_files_continue(
    _caller: Caller, _arg: sharing.ListFilesContinueArg
) -> sharing.ListFilesResult:
    """There is never another page."""
    raise RouteRefused(sharing.ListFilesContinueError.invalid_cursor)


def _is_visible(view: View, link: SharedLink) -> bool:
    try:
        view.find(link.entry_id)
    except LookupRefused:
        return False
    return True


def _describe(view: View, link: SharedLink) -> sharing.SharedLinkMetadata:
    metadata = describe(view, view.find(link.entry_id).entry)
    common = {
        "url": link.url,
        "name": metadata.name,
        "id": link.entry_id,
        "path_lower": metadata.path_lower,
        "link_permissions": _permissions(),
    }
    if not isinstance(metadata, files.FileMetadata):
        return sharing.FolderLinkMetadata(**common)
    return sharing.FileLinkMetadata(
        client_modified=metadata.client_modified,
        server_modified=metadata.server_modified,
        rev=metadata.rev,
        size=metadata.size,
        **common,
    )


def _permissions() -> sharing.LinkPermissions:
    return sharing.LinkPermissions(
        can_revoke=True,
        visibility_policies=[_policy(name, reason) for name, reason in _VISIBILITIES.items()],
        can_set_expiry=False,
        can_remove_expiry=False,
        allow_download=True,
        can_allow_download=True,
        can_disallow_download=False,
        allow_comments=True,
        team_restricts_comments=False,
        resolved_visibility=sharing.ResolvedVisibility.public,
        requested_visibility=sharing.RequestedVisibility.public,
    )


def _policy(name: str, reason: str | None) -> sharing.VisibilityPolicy:
    """Whether a link may be for these only, and why not."""
    reasons = sharing.VisibilityPolicyDisallowedReason
    return sharing.VisibilityPolicy(
        policy=getattr(sharing.RequestedVisibility, name),
        resolved_policy=getattr(sharing.AlphaResolvedVisibility, name),
        allowed=reason is None,
        disallowed_reason=getattr(reasons, reason) if reason else None,
    )
