"""Writes the OpenAPI document of the JSON API, from the code that answers it.

`python -m local.openapi FILE` writes it; `make openapi` keeps docs/openapi.json true.
"""

from __future__ import annotations

import argparse
import copy
import inspect
import json
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer

from functions.oauth_callback.openapi import PATHS
from functions.page_api.handler import app, areas
from local.openapi_examples import ANSWERS, REQUESTS
from local.template import ROOT

DOCUMENT = ROOT / "docs" / "openapi.json"
_SESSION = "session"
_JSON = "application/json"
_LANG = {
    "name": "lang",
    "in": "query",
    "required": False,
    "description": "The language of sentences: `de`, `en`, `es`, `fr`, `it`. Without it, the session's.",
    "schema": {"type": "string"},
}
_SERVER = {
    "url": "https://{host}",
    "description": "The output `ApiUrl` of the stack.",
    "variables": {"host": {"default": "api.example.org"}},
}
_TAGS = {
    "links": "Whose Dropbox is linked, and how that stands.",
    "imports": "What became of the files that a user dropped.",
    "deliveries": "What became of the documents of accepted expenses; for administrators.",
    "backfill": "What was accepted before the company linked its Dropbox; for administrators.",
    "proofs": "How the company's folder compares with what was delivered to it; for administrators.",
    "company": "Who has linked, and numbers by month; for administrators.",
    "filing": "Where the company's documents are filed; for administrators.",
    "sharing": "Whom the company's folder is shared with; for administrators.",
}
# What the event handler documents of its own accord, and this API never answers.
_NEVER_ANSWERED = ("422", "500")
_NEVER_USED = ("HTTPValidationError", "ValidationError", "ResponseValidationError")


def openapi_document() -> dict[str, Any]:
    """The document, as a JSON object."""
    areas.include_all()
    document: dict[str, Any] = json.loads(
        app.get_openapi_json_schema(
            title="Jenji and Dropbox",
            version="1",
            description=(
                "The API of the Integrations page, called under the host's own session. Instants are UTC, "
                "ISO 8601, ending in Z. Ids and cursors are opaque. Answers are never cached."
            ),
            security_schemes={_SESSION: HTTPBearer(bearerFormat="JWT")},
            security=[{_SESSION: []}],
        )
    )
    _describe(document)
    for name in _NEVER_USED:
        document["components"]["schemas"].pop(name, None)
    for path, operations in PATHS.items():
        document["paths"].setdefault(path, {}).update(operations)
    document["servers"] = [_SERVER]
    document["tags"] = [{"name": name, "description": text} for name, text in _TAGS.items()]
    document["paths"] = {path: _finished(path, document["paths"][path]) for path in sorted(document["paths"])}
    return document


def _finished(path: str, operations: dict[str, Any]) -> dict[str, Any]:
    """Each operation with its tag, and an example of what it takes and gives."""
    return {method: _with_examples(path, operation) for method, operation in operations.items()}


def _with_examples(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    shown = copy.deepcopy(operation)
    name = shown["operationId"]
    shown["tags"] = [path.split("/")[1]]
    [answer] = [each for status, each in shown["responses"].items() if status.startswith("2")]
    answer["content"][_JSON]["example"] = ANSWERS[name]
    if "requestBody" in shown:
        shown["requestBody"]["content"][_JSON]["example"] = REQUESTS[name]
    return shown


def _describe(document: dict[str, Any]) -> None:
    """With the routes' own docstrings, and without titles that only repeat names."""
    for route in [*app._static_routes, *app._dynamic_routes]:
        operation = document["paths"][route.openapi_path][route.method.lower()]
        operation["description"] = inspect.getdoc(route.func)
        for status in _NEVER_ANSWERED:
            operation["responses"].pop(status, None)
        operation.setdefault("parameters", []).append(_LANG)
        operation["responses"] = dict(sorted(operation["responses"].items()))
    _drop_titles(document["paths"])
    _drop_titles(document["components"])


def _drop_titles(node: object) -> None:
    if isinstance(node, dict):
        if isinstance(node.get("title"), str):
            del node["title"]
        for child in node.values():
            _drop_titles(child)
    if isinstance(node, list):
        for child in node:
            _drop_titles(child)


def as_text(document: dict[str, Any]) -> str:
    """As it is kept."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path, nargs="?", default=DOCUMENT)
    parser.parse_args().file.write_text(as_text(openapi_document()), encoding="utf-8")


if __name__ == "__main__":
    main()
