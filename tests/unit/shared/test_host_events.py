"""The events are what docs/events.md and its schemas say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import ValidationError

from shared.domain.host_events import SOURCE, HostEvent
from testing.event_schemas import SCHEMAS, check, schema_of

PAGE = (Path(__file__).parents[3] / "docs" / "events.md").read_text()
CODE = (Path(__file__).parents[3] / "shared" / "domain" / "host_events.py").read_text()
NAMES = sorted(path.stem for path in SCHEMAS.iterdir())
# Nobody asks for the monthly proof.
OPTIONAL = {"CompanyFolderProved": {"by"}}


def test_every_event_that_is_sent_has_a_schema_and_a_section_and_the_reverse() -> None:
    sent = set(re.findall(r'"((?:Import|Link|Folder|Filing|CompanyFolder|Documents?)[A-Z]\w+)"', CODE))

    assert sent == set(NAMES) == set(re.findall(r"^## (\w+)$", PAGE, re.MULTILINE))
    assert f'"source": ["{SOURCE}"]' in PAGE


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_are_valid_and_those_of_the_page(name: str) -> None:
    examples = schema_of(name)["examples"]

    for example in examples:
        check(HostEvent(name, example))
        assert example in [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


@pytest.mark.parametrize("name", NAMES)
def test_an_event_without_any_of_its_other_fields_is_invalid(name: str) -> None:
    [example] = schema_of(name)["examples"]

    for field in set(example) - OPTIONAL.get(name, set()):
        with pytest.raises(ValidationError):
            check(HostEvent(name, {key: value for key, value in example.items() if key != field}))


@pytest.mark.parametrize("name", NAMES)
def test_a_field_that_nobody_documented_is_noticed(name: str) -> None:
    [example] = schema_of(name)["examples"]

    with pytest.raises(AssertionError, match="undocumented"):
        check(HostEvent(name, {**example, "account_name": "Alice"}))
