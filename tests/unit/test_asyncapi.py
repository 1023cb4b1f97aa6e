"""docs/asyncapi.json says what the host is sent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from local.asyncapi import DOCUMENT, asyncapi_document
from local.openapi import as_text
from shared.domain.host_events import SOURCE
from testing.event_schemas import SCHEMAS, schema_of

PUBLISHED: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
NAMES = sorted(path.stem for path in SCHEMAS.iterdir())
MESSAGES = PUBLISHED["components"]["messages"]


def _validator(name: str) -> Draft202012Validator:
    """Of a message's payload, which refers to the schema of the detail as a file beside the document."""
    files = [(f"events/{name}.json", Resource.from_contents(schema_of(name)))]
    return Draft202012Validator(
        MESSAGES[name]["payload"], registry=Registry().with_resources(files), format_checker=FormatChecker()
    )


def test_the_document_is_what_the_schemas_generate() -> None:
    """Otherwise run `make openapi`."""
    assert DOCUMENT.read_text(encoding="utf-8") == as_text(asyncapi_document())


def test_every_event_is_a_message_of_an_operation() -> None:
    operations = PUBLISHED["operations"].values()

    assert sorted(MESSAGES) == NAMES
    assert sorted(message["$ref"] for each in operations for message in each["messages"]) == [
        f"#/channels/hostBus/messages/{name}" for name in NAMES
    ]
    assert PUBLISHED["channels"]["hostBus"]["messages"] == {
        name: {"$ref": f"#/components/messages/{name}"} for name in NAMES
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_are_valid(name: str) -> None:
    for example in MESSAGES[name]["examples"]:
        _validator(name).validate(example["payload"])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("change", [{"source": "somebody.else"}, {"detail-type": "Other"}, {"detail": {}}])
def test_another_event_is_not_valid(name: str, change: dict[str, Any]) -> None:
    [example] = MESSAGES[name]["examples"]

    assert not _validator(name).is_valid({**example["payload"], **change})


@pytest.mark.parametrize("name", NAMES)
def test_the_envelope_is_ours(name: str) -> None:
    properties = MESSAGES[name]["payload"]["properties"]

    assert (properties["source"], properties["detail-type"]) == ({"const": SOURCE}, {"const": name})
    assert PUBLISHED["components"]["messages"][name]["correlationId"]["location"].endswith("/correlation_id")
