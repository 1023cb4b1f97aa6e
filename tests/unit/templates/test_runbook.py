"""The operators' page: each alarm leads to commands, and each command is one that there is."""

from __future__ import annotations

import re
import shlex

import botocore.session
import pytest
from botocore import xform_name

from local.template import ROOT
from tests.unit.templates.loaded import ALARMS, DATA, MAIN, MONITORING
from tests.unit.templates.test_onboard import ONBOARD

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
# What the command line makes of several calls, and what it calls otherwise than the service is called.
OF_THE_COMMAND_LINE = {("cloudformation", "deploy")}
SERVICES = {"deploy": "codedeploy"}
GLOBAL = {"query", "output", "region", "profile", "cli-binary-format", "max-items"}


def blocks(text: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Every call of `aws` in the page, in blocks and in sentences."""
    script = "\n".join([*blocks(PAGE), *re.findall(r"`(aws [^`]+)`", PAGE)]).replace("\\\n", " ")
    script = re.sub(r"\$\(\(.*?\)\)|\$\(date [^)]*\)", "1", script)
    inner = re.findall(r"\$\((aws [^)]*)\)", script)
    outer = re.sub(r"\$\(aws [^)]*\)", "VALUE", script)
    lines = [line for line in outer.splitlines() if not line.startswith("#")]
    return [*inner, *(found for line in lines for found in re.findall(r"(?:^|\| )(aws [a-z].*)$", line))]


def sections() -> dict[str, str]:
    """What stands under each heading, by its anchor; sub-headings belong to it."""
    headings = list(re.finditer(r"^(#+) (.+)$", _masked(PAGE), re.MULTILINE))
    return {_anchor(each.group(2)): PAGE[each.end() : _end(each, headings)] for each in headings}


def _masked(text: str) -> str:
    """The same length, without the comments of commands, which look like headings."""
    return re.sub(
        r"^```.*?^```$", lambda found: "x" * len(found.group(0)), text, flags=re.MULTILINE | re.DOTALL
    )


def _end(heading: re.Match[str], headings: list[re.Match[str]]) -> int:
    after = (
        each.start()
        for each in headings
        if each.start() > heading.start() and len(each.group(1)) <= len(heading.group(1))
    )
    return next(after, len(PAGE))


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def runbook(alarm: str) -> str:
    [row] = re.findall(rf'^\| <a id="{alarm}"></a>.*$', PAGE, re.MULTILINE)
    return str(row)


@pytest.mark.parametrize("alarm", sorted(ALARMS))
def test_every_alarm_leads_to_commands(alarm: str) -> None:
    anchors = re.findall(r"\]\(#([\w-]+)\)", runbook(alarm))

    with_commands = [each for each in anchors if any("aws " in block for block in blocks(sections()[each]))]

    assert with_commands, "nothing that an operator can type"


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_every_command_is_one_that_there_is_and_takes_what_it_is_given(command: str) -> None:
    _, service, operation, *_ = re.split(r"\s+", command)
    given = set(re.findall(r"(?<=\s)--(?:no-)?([a-z][a-z-]*)", re.sub(r"'[^']*'", "''", command)))
    if (service, operation) in OF_THE_COMMAND_LINE:
        return

    model = botocore.session.get_session().get_service_model(SERVICES.get(service, service))
    operations = {xform_name(name).replace("_", "-"): name for name in model.operation_names}

    assert operation in operations
    shape = model.operation_model(operations[operation]).input_shape
    taken = {xform_name(name).replace("_", "-") for name in (shape.members if shape else {})}
    assert given <= taken | GLOBAL


def test_there_are_commands_at_all() -> None:
    assert len(commands()) > 30


def test_every_link_within_the_page_leads_to_a_heading_or_an_alarm() -> None:
    named = {*sections(), *re.findall(r'<a id="(\w+)">', PAGE)}

    assert set(re.findall(r"\]\(#([\w-]+)\)", PAGE)) <= named


def test_every_output_that_the_page_names_is_one() -> None:
    named = re.findall(r"outputs? `(\w+)`", PAGE) + re.findall(r"<(\w+Table)>", PAGE)
    outputs = {name for template in (DATA, MAIN, MONITORING) for name in template.get("Outputs", {})}

    assert len(named) > 10
    assert set(named) <= outputs


def test_every_make_that_the_page_names_is_a_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))

    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", PAGE, re.MULTILINE))

    assert {"build", "deploy", "smoke", "restore"} <= named <= targets


def test_every_block_of_commands_is_closed_and_reads_as_a_shell_does() -> None:
    assert len(re.findall(r"^```", PAGE, re.MULTILINE)) % 2 == 0
    assert not re.search(r"^```\n```$", PAGE, re.MULTILINE), "a block within a block"

    for block in blocks(PAGE):
        shlex.split(re.sub(r"^\s*#.*$", "", block, flags=re.MULTILINE).replace("\\\n", " "))


def test_the_engines_own_stack_is_deployed_with_every_parameter_that_must_be_given() -> None:
    [command] = [each for each in commands() if "template-onboard.yaml" in each]

    needed = {name for name, each in ONBOARD["Parameters"].items() if "Default" not in each}

    assert needed <= set(re.findall(r"(\w+)=", command))
