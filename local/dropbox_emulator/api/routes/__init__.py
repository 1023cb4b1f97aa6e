"""The implemented routes. Importing this package registers them all."""

from local.dropbox_emulator.api.routes import (
    check_and_users,
    folder_members,
    folder_sharing,
    longpolling,
    reading,
    relocating,
    revisions,
    sharing,
    thumbnails,
    upload_sessions,
    writing,
)

__all__ = [
    "check_and_users",
    "folder_members",
    "folder_sharing",
    "longpolling",
    "reading",
    "relocating",
    "revisions",
    "sharing",
    "thumbnails",
    "upload_sessions",
    "writing",
]
