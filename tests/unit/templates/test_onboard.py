"""The reader with an engine of its own is the reader: it needs what that of template.yaml needs."""

from __future__ import annotations

from typing import Any

from local.template import ROOT, load_template
from tests.unit.templates.loaded import MAIN

ONBOARD = load_template(ROOT / "template-onboard.yaml")
# Where the engine lies is no setting of the image that holds it.
NOT_IN_AN_IMAGE = {"OCR_PACKAGES"}


def variables_of(template: dict[str, Any]) -> set[str]:
    function = template["Resources"]["DocumentReadingFunction"]
    return set(function["Properties"]["Environment"]["Variables"])


def actions_of(template: dict[str, Any]) -> dict[str, set[str]]:
    [policy] = template["Resources"]["DocumentReadingRole"]["Properties"]["Policies"]
    statements = policy["PolicyDocument"]["Statement"]
    return {
        each["Sid"]: set([each["Action"]] if isinstance(each["Action"], str) else each["Action"])
        for each in statements
    }


def test_it_has_every_variable_that_the_reader_has() -> None:
    assert variables_of(MAIN) - NOT_IN_AN_IMAGE <= variables_of(ONBOARD)


def test_it_may_do_what_the_reader_may_and_write_its_log() -> None:
    own = actions_of(ONBOARD)

    assert {sid: own.get(sid) for sid in actions_of(MAIN)} == actions_of(MAIN)
    assert set(own) - set(actions_of(MAIN)) == {"WriteOwnLog"}
