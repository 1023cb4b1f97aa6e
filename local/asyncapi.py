"""Writes the AsyncAPI document of the events that the host is sent, from their JSON Schemas.

`python -m local.asyncapi FILE` writes it; `make openapi` keeps docs/asyncapi.json true.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from local.openapi import as_text
from local.template import ROOT
from shared.domain.host_events import SOURCE

DOCUMENT = ROOT / "docs" / "asyncapi.json"
SCHEMAS = ROOT / "docs" / "events"
_CHANNEL = "hostBus"
_INSTANT = {"type": "string", "format": "date-time"}
_TEXT = {"type": "string"}


def asyncapi_document() -> dict[str, Any]:
    """The document, as a JSON object."""
    names = sorted(path.stem for path in SCHEMAS.glob("*.json"))
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Jenji and Dropbox",
            "version": "1",
            "description": (
                "What the host is sent over EventBridge. An event may come again, and out of order; the `id` "
                "of its detail is then the same. A later release may add fields and reasons: ignore what you "
                "do not know."
            ),
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            _CHANNEL: {
                "address": "default",
                "title": "The host's bus",
                "description": "The EventBridge bus of the parameter EventBusName.",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
            }
        },
        "operations": {f"send{name}": _operation(name) for name in names},
        "components": {"messages": {name: _message(name) for name in names}},
    }


def _operation(name: str) -> dict[str, Any]:
    return {
        "action": "send",
        "summary": _schema(name)["description"],
        "channel": {"$ref": f"#/channels/{_CHANNEL}"},
        "messages": [{"$ref": f"#/channels/{_CHANNEL}/messages/{name}"}],
    }


def _message(name: str) -> dict[str, Any]:
    schema = _schema(name)
    return {
        "name": name,
        "title": name,
        "summary": schema["description"],
        "correlationId": {"location": "$message.payload#/detail/correlation_id"},
        "payload": _envelope(name),
        "examples": [{"name": "example", "payload": _enveloped(name, each)} for each in schema["examples"]],
    }


def _envelope(name: str) -> dict[str, Any]:
    """What a rule's target receives.

    https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
    """
    properties = {
        "version": _TEXT,
        "id": {**_TEXT, "description": "EventBridge's own, another each time an event is sent."},
        "source": {"const": SOURCE},
        "detail-type": {"const": name},
        "account": _TEXT,
        "region": _TEXT,
        "time": _INSTANT,
        "resources": {"type": "array", "items": _TEXT},
        "detail": {"$ref": f"events/{name}.json"},
    }
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def _enveloped(name: str, detail: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": "0",
        "id": "6f1c3c1e-3d2b-4f0e-9a53-0d3c5f6f2a11",
        "source": SOURCE,
        "detail-type": name,
        "account": "123456789012",
        "region": "eu-west-1",
        "time": f"{detail['at'][:19]}Z",
        "resources": [],
        "detail": detail,
    }


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return schema


def main() -> None:
    """Write the document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path, nargs="?", default=DOCUMENT)
    parser.parse_args().file.write_text(as_text(asyncapi_document()), encoding="utf-8")


if __name__ == "__main__":
    main()
