"""The folders of the product in a Dropbox: the path of each, in the view of its app."""

from __future__ import annotations

from typing import Final

AUTO_IMPORT_FOLDER: Final = "/Auto-Import"
"""Where users drop documents, in the view of an app whose access type is "App folder"."""

SYNCHRONISATION_FOLDER: Final = "/Jenji"
"""Where a company's documents are filed; inside an app's folder it could not be shared."""
