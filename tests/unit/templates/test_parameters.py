"""Every parameter is described, and stands in the operators' table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from local.template import ROOT, load_template
from tests.unit.templates.loaded import DATA, MAIN, MONITORING

TEMPLATES = (DATA, MAIN, MONITORING)
OPTIONAL = (load_template(ROOT / "template-edge.yaml"), load_template(ROOT / "template-onboard.yaml"))
TABLES = {"Parameters": TEMPLATES, "Parameters of the optional stacks": OPTIONAL}
# Given by `make deploy` itself.
PASSED_ON = {*DATA["Outputs"], "Stack", "ApiId", "Release"}


def test_every_parameter_and_output_is_described() -> None:
    described = [
        each
        for template in (*TEMPLATES, *OPTIONAL)
        for section in ("Parameters", "Outputs")
        for each in template.get(section, {}).values()
    ]

    assert all(item["Description"] for item in described)


@pytest.mark.parametrize(("heading", "templates"), TABLES.items())
def test_every_parameter_is_in_the_operators_table_with_its_default_and_what_it_says(
    heading: str, templates: Sequence[Mapping[str, Any]]
) -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    _, _, section = page.partition(f"### {heading}\n")

    rows = re.findall(r"^\| `(\w+)` \| (\S+) \| (.+) \|$", section.partition("\n##")[0], re.MULTILINE)

    assert sorted(rows) == sorted(
        (name, shown(each.get("Default")), " ".join(each["Description"].split()))
        for template in templates
        for name, each in template["Parameters"].items()
        if templates is OPTIONAL or name not in PASSED_ON
    )


def shown(default: object) -> str:
    """A default as the table has it: `-` where the parameter must be given."""
    return "-" if default is None else "empty" if default == "" else f"`{default}`"
