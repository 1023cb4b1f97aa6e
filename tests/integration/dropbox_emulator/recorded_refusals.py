"""The state, or the fault, that makes a call be refused as a recorded answer says, by status and tag."""

from collections.abc import Callable
from typing import Any

from local.dropbox_emulator import BadCall, Forbidden, HtmlPage, RateLimited, RouteError, Status, TokenRefused
from tests.integration.dropbox_emulator.recorded_world import RecordedWorld

# Errors about a file that is there.
OF_A_FILE = {"invalid_revision", "settings_error/not_authorized"}
# Errors of a state that an account of the emulator cannot be in; they can be had as faults.
BY_FAULT = {"internal_error", "path/restricted_content"}


def arrange_refusal(world: RecordedWorld) -> None:
    """Bring about a refusal: by the account's state where it has one, otherwise by a fault."""
    recording = world.recording
    arrange: dict[int, Callable[[RecordedWorld], None]] = {
        400: _arrange_400,
        401: _arrange_401,
        409: _arrange_409,
    }
    if recording.status in arrange:
        arrange[recording.status](world)
    elif recording.status == 403:
        world.add(Forbidden(recording.tags))
    elif recording.status == 429:
        world.add(RateLimited(int(world.header("Retry-After") or 1), recording.tags))
    elif "html" in world.header("Content-Type"):
        world.add(HtmlPage(recording.status, content_type=world.header("Content-Type")))
    else:
        world.add(Status(recording.status))


def _arrange_400(world: RecordedWorld) -> None:
    recording = world.recording
    if recording.route == "oauth2/token":
        world.add(TokenRefused(**_token_error(recording.answer)))
    elif "html" in world.header("Content-Type"):
        world.add(HtmlPage(400, content_type=world.header("Content-Type")))
    elif "access token is malformed" in recording.text:
        world.token = "nonsense"
    elif "Unknown API function" in recording.text or "Business team" in recording.text:
        world.add(BadCall("…"))
    elif "required scope" not in recording.text:
        world.arg = recording.arg


def _arrange_401(world: RecordedWorld) -> None:
    tag = world.recording.tags
    if tag == "expired_access_token":
        world.emulator.authorizations.expire_access_tokens(world.account.id)
    elif tag == "missing_scope":
        world.emulator.authorizations.narrow(world.account.id, world.app.key, frozenset())
    else:
        world.token = "TOKEN"


def _arrange_409(world: RecordedWorld) -> None:
    recording = world.recording
    if recording.tags in BY_FAULT:
        world.add(RouteError(recording.answer["error"]))
    elif recording.tags.endswith("conflict/file"):
        world.account.write(world.arg["path"], b"another")
    elif recording.tags.endswith("insufficient_space"):
        world.account.quota = 0
    elif recording.tags == "incorrect_offset":
        world.arg["cursor"]["session_id"] = world.session(recording.answer["error"]["correct_offset"])
    elif recording.tags.endswith("already_shared"):
        world.call("sharing/share_folder", world.arg)
    elif recording.tags in OF_A_FILE:
        world.account.write(world.arg["path"], b"1")


def _token_error(answer: dict[str, str]) -> dict[str, Any]:
    return {"error": answer["error"], "description": answer.get("error_description")}
