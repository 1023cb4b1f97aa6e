"""Every parameter is described, and stands in the operators' table."""

from __future__ import annotations

import re

from local.template import ROOT
from tests.unit.templates.loaded import DATA, MAIN, MONITORING

TEMPLATES = (DATA, MAIN, MONITORING)
# Given by `make deploy` itself.
PASSED_ON = {*DATA["Outputs"], "Stack", "ApiId", "Release"}


def test_every_parameter_and_output_is_described() -> None:
    described = [
        each
        for template in TEMPLATES
        for section in ("Parameters", "Outputs")
        for each in template.get(section, {}).values()
    ]

    assert all(item["Description"] for item in described)


def test_every_parameter_is_in_the_operators_table_with_its_default_and_what_it_says() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    _, _, section = page.partition("### Parameters\n")

    rows = re.findall(r"^\| `(\w+)` \| (\S+) \| (.+) \|$", section.partition("\n## ")[0], re.MULTILINE)

    assert sorted(rows) == sorted(
        (name, shown(each.get("Default")), " ".join(each["Description"].split()))
        for template in TEMPLATES
        for name, each in template["Parameters"].items()
        if name not in PASSED_ON
    )


def shown(default: object) -> str:
    """A default as the table has it: `-` where the parameter must be given."""
    return "-" if default is None else "empty" if default == "" else f"`{default}`"
