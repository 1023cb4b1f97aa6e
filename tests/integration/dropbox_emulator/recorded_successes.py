"""The state of an account in which a call succeeds as a recorded answer says, by route."""

import json
from collections.abc import Callable
from typing import Any

from tests.integration.dropbox_emulator.recorded_world import RecordedWorld


def arrange_success(world: RecordedWorld) -> None:
    """Bring about the state in which a call succeeds as it did."""
    room, _, name = world.recording.route.partition("/")
    if room == "oauth2":
        return
    {
        "files": _arrange_files,
        "sharing": _arrange_sharing,
        "users": _arrange_users,
    }.get(room, lambda _world, _name: None)(world, name)


def _arrange_files(world: RecordedWorld, name: str) -> None:
    answer = world.recording.answer or world.recording.result
    arrange: dict[str, Callable[[RecordedWorld, Any], None]] = {
        "create_folder_batch": _arrange_folders,
        "delete_batch/check": _arrange_deletions,
        "get_thumbnail_batch": _arrange_pictures,
        "list_folder": _arrange_listing,
        "list_folder/longpoll": _arrange_change,
        "move": _arrange_move,
        "restore": _arrange_version,
        "upload": lambda world, answer: _arrange_upload(world, world.arg, answer),
        "upload_session/finish_batch/check": _arrange_unfinished_batch,
    }
    if name in arrange:
        arrange[name](world, answer)
    elif name.startswith("upload_session/"):
        _arrange_session(world, answer)
    elif "path" in world.arg:
        world.make(world.arg["path"], answer)


def _arrange_change(world: RecordedWorld, _answer: Any) -> None:
    world.arg["cursor"] = world.call("files/list_folder", {"path": ""}).json()["cursor"]
    world.account.write("/a", b"1")


def _arrange_move(world: RecordedWorld, answer: Any) -> None:
    world.make(world.arg["from_path"], answer)
    if answer["path_display"] != world.arg["to_path"]:
        world.account.write(world.arg["to_path"], b"another")


def _arrange_version(world: RecordedWorld, answer: Any) -> None:
    world.make(world.arg["path"], answer)
    world.arg["rev"] = world.call("files/get_metadata", {"path": world.arg["path"]}).json()["rev"]


def _arrange_pictures(world: RecordedWorld, answer: Any) -> None:
    for entry, result in zip(world.arg["entries"], answer["entries"], strict=True):
        if result[".tag"] == "success":
            world.make(entry["path"], result["metadata"])


def _arrange_listing(world: RecordedWorld, answer: Any) -> None:
    entries = answer["entries"]
    for entry in entries:
        world.make(entry["path_display"], entry)
        if "shared_folder_id" in entry:
            world.call("sharing/share_folder", {"path": entry["path_display"]})
    if "shared_link" in world.arg:
        folder = entries[0]["path_display"].rpartition("/")[0]
        made = world.call("sharing/create_shared_link_with_settings", {"path": folder}).json()
        world.arg["shared_link"]["url"] = made["url"]
    elif world.arg["path"] and not entries:
        world.account.make_folder(world.arg["path"])
    if answer["has_more"] and entries:
        _arrange_another_page(world, entries)
    elif answer["has_more"]:
        _arrange_an_empty_page(world)


def _arrange_another_page(world: RecordedWorld, entries: list[Any]) -> None:
    """A listing that ends its page with these entries, as one more comes after them."""
    folder = entries[0]["path_display"].rpartition("/")[0]
    world.arg = {"path": folder, "limit": len(entries)}
    rank = world.emulator.listings.rank
    last = max(rank(entry["path_lower"]) for entry in entries)
    name = next(name for name in map(str, range(1000)) if rank(f"{folder.lower()}/{name}") > last)
    world.account.write(f"{folder}/{name}", b"1")


def _arrange_an_empty_page(world: RecordedWorld) -> None:
    world.account.write(f"{world.arg['path']}/one more", b"1")
    world.emulator.listings.empty_page_every = 2
    while not world.emulator.listings.is_empty(world.arg["path"], 0):
        world.emulator.listings.seed += 1


def _arrange_session(world: RecordedWorld, answer: Any) -> None:
    if "cursor" in world.arg:
        world.arg["cursor"]["session_id"] = world.session(world.arg["cursor"]["offset"])
    if "commit" in world.arg:
        _arrange_upload(world, world.arg["commit"], answer)


def _arrange_unfinished_batch(world: RecordedWorld, _answer: Any) -> None:
    world.emulator.batches.largest_synchronous = -1
    job = world.call("files/upload_session/finish_batch", {"entries": []}).json()
    world.arg["async_job_id"] = job["async_job_id"]


def _arrange_upload(world: RecordedWorld, commit: Any, answer: Any) -> None:
    if answer["path_display"] != commit["path"]:
        world.account.write(commit["path"], b"another")
    mode = commit.get("mode")
    if isinstance(mode, dict) and "update" in mode:
        world.account.write(commit["path"], b"before")
        found = world.call("files/get_metadata", {"path": commit["path"]}).json()
        mode["update"] = found["rev"]


def _arrange_folders(world: RecordedWorld, answer: Any) -> None:
    if answer[".tag"] != "complete":
        return
    for path, entry in zip(world.arg["paths"], answer["entries"], strict=True):
        is_renamed = entry[".tag"] == "success" and entry["metadata"]["path_display"] != path
        if entry[".tag"] == "failure" or is_renamed:
            world.account.make_folder(path)


def _arrange_deletions(world: RecordedWorld, answer: Any) -> None:
    entries: list[dict[str, str]] = []
    for number, result in enumerate(answer["entries"]):
        metadata = result.get("metadata", {".tag": "file", "path_display": f"/failing {number}.txt"})
        entries.append({"path": metadata["path_display"]})
        if "not_found" not in json.dumps(result):
            world.make(metadata["path_display"], metadata)
        if "conflict" in json.dumps(result):
            entries[-1]["parent_rev"] = "0123456789"
    entries.sort(key=lambda entry: -entry["path"].count("/"))
    job = world.call("files/delete_batch", {"entries": entries}).json()
    world.arg["async_job_id"] = job["async_job_id"]
    world.call("files/delete_batch/check", world.arg)


def _arrange_sharing(world: RecordedWorld, name: str) -> None:
    if "shared_folder_id" in world.arg:
        shared = world.call("sharing/share_folder", {"path": "/f"}).json()
        world.arg["shared_folder_id"] = shared["shared_folder_id"]
        return
    answer = world.recording.answer
    links = answer["links"] if name == "list_shared_links" else [answer]
    for link in links:
        world.make(link["path_lower"], link)
        if name != "create_shared_link_with_settings":
            made = world.call("sharing/create_shared_link_with_settings", {"path": link["path_lower"]})
            world.arg |= {"url": made.json()["url"]} if "url" in world.arg else {}


def _arrange_users(world: RecordedWorld, name: str) -> None:
    if name == "get_account":
        world.arg["account_id"] = world.account.id
    if name == "get_account_batch":
        world.arg["account_ids"] = [world.account.id, world.emulator.add_account("bob").id]
