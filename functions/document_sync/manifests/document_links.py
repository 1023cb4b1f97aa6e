"""Links from a manifest to the documents beside it, which work wherever the folder is synchronised to."""

from __future__ import annotations

import posixpath
import re

# What Excel escapes in the address of a file, and the marks that would end its path. Letters beyond ASCII
# stay as they are: Windows would take their bytes for others.
_ESCAPED = re.compile(r"""[ "#%<>?\[\]^`{}]""")


def relative_link(folder: str, path: str) -> str | None:
    """`external:Jane%20Doe/…pdf` of a document's path, seen from the manifest's folder."""
    if not path.startswith("/"):
        return None
    relative = posixpath.relpath(path, folder)
    return f"external:{_ESCAPED.sub(lambda found: f'%{ord(found[0]):02x}', relative)}"
