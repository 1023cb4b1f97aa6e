"""`files/list_folder/longpoll`: wait for a change. It takes no token, as a cursor says enough."""

import asyncio
import contextlib

from dropbox import files

from local.dropbox_emulator.api import listing
from local.dropbox_emulator.api.registry import implements_openly
from local.dropbox_emulator.api.service import DropboxService
from local.dropbox_emulator.core.refusals import BadRequest, LookupRefused, RouteRefused


@implements_openly("files/list_folder/longpoll")
async def longpoll(
    service: DropboxService, arg: files.ListFolderLongpollArg
) -> files.ListFolderLongpollResult:
    """Whether something changed within `arg.timeout` seconds; at once if it did already."""
    changes = False
    with service.changes.waiting() as changed, contextlib.suppress(TimeoutError):
        async with asyncio.timeout(arg.timeout):
            while not service.is_stopping and not (
                changes := await asyncio.to_thread(_has_changes, service, arg.cursor)
            ):
                await changed.wait()
                changed.clear()
    return files.ListFolderLongpollResult(changes=changes)


def _has_changes(service: DropboxService, text: str) -> bool:
    cursor = listing.Cursor.decode(text)
    account = service.accounts.get(cursor.account_id)
    if account is None or cursor.app_key not in service.apps:
        raise BadRequest('Invalid "cursor" parameter: it belongs to no account.')
    view = service.view(account, cursor.app_key, in_team_space=cursor.in_team_space)
    with account.lock:
        try:
            found, _, has_more = listing.next_page(view, listing.resume(view, text))
        except LookupRefused:
            return True
        except RouteRefused as refused:
            raise RouteRefused(files.ListFolderLongpollError.reset) from refused
    return bool(found) or has_more
