"""Finds a file of the caller's by its id."""

from __future__ import annotations

from functions.page_api.cursors import from_id
from functions.page_api.ports import Imports
from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.imports import ImportRecord
from shared.http.host_session import HostSession


def own_file(imports: Imports, session: HostSession, file_id: str) -> ImportRecord:
    """How it ended. Raises RequestRefused (not_found), AwsUnavailable."""
    (visit_key,) = from_id(file_id, 1)
    file = imports.find(session.user_id, visit_key)
    if file is None:
        raise RequestRefused(RefusalCode.NOT_FOUND)
    return file
