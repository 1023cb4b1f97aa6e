"""What is deployed in which order with which parameters, and what is refused before anything is."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from local.errors import DeploymentFailed
from local.release import (
    BUILT,
    LONGEST_NAME,
    environment_named,
    parameters_in,
    refuse_unbuilt_tree,
    release,
    release_named,
)
from local.template import DATA_TEMPLATE, MONITORING_TEMPLATE, TEMPLATE, load_template

DATA = {name: f"restored-{name}" for name in load_template(DATA_TEMPLATE)["Outputs"]}
GIVEN = {
    "HostSettingsUrl": "https://app.example.org/settings",
    "JwtIssuer": "https://login.example.org",
    "JwtAudience": "dropbox",
    "AutoImportAppKey": "key",
    "AutoImportAppSecretName": "dropbox/auto-import",
    "SynchronisationAppKey": "another",
    "ExpensesTableName": "expenses",
    "ExpensesStreamArn": "arn:aws:dynamodb:eu-west-1:123456789012:table/expenses/stream/1",
    "UsersTableName": "users",
    "CompaniesTableName": "companies",
    "ProtectTables": "false",
    "AlarmTopicArn": "arn:aws:sns:eu-west-1:123456789012:alarms",
}


class Account:
    """Takes deployments, and has the outputs of our stacks."""

    def __init__(self) -> None:
        self.deployed: list[tuple[Path, str, Mapping[str, str]]] = []

    def deploy(self, template: Path, stack: str, parameters: Mapping[str, str]) -> None:
        self.deployed.append((template, stack, parameters))

    def outputs_of(self, stack: str) -> dict[str, str]:
        assert stack in [name for _, name, _ in self.deployed]
        return DATA if stack.endswith("-data") else {"ApiId": "abc123"}


def test_data_comes_first_then_the_functions_with_its_outputs_then_what_watches_them() -> None:
    account = Account()

    release("jenji", GIVEN, account.deploy, account.outputs_of)

    (data, main, monitoring) = account.deployed
    assert data == (DATA_TEMPLATE, "jenji-data", {"ProtectTables": "false"})
    assert main[:2] == (BUILT, "jenji")
    assert {name: main[2][name] for name in DATA} == DATA
    assert main[2]["ExpensesTableName"] == "expenses"
    assert set(main[2]) <= set(load_template(TEMPLATE)["Parameters"])
    assert monitoring == (
        MONITORING_TEMPLATE,
        "jenji-monitoring",
        {"Stack": "jenji", "ApiId": "abc123", "AlarmTopicArn": GIVEN["AlarmTopicArn"]},
    )


def test_a_restored_table_takes_the_place_of_the_data_stacks() -> None:
    account = Account()

    release("jenji", {**GIVEN, "LinksTable": "links-restored"}, account.deploy, account.outputs_of)

    assert account.deployed[1][2]["LinksTable"] == "links-restored"


def test_the_functions_are_given_a_release_that_their_template_takes() -> None:
    account = Account()

    release("jenji", {**GIVEN, "Release": "mine"}, account.deploy, account.outputs_of)

    (_, _, data), (_, _, main), (_, _, monitoring) = account.deployed
    assert re.fullmatch(load_template(TEMPLATE)["Parameters"]["Release"]["AllowedPattern"], main["Release"])
    assert "Release" not in {**data, **monitoring}


def tree(root: Path, code: str = "code", template: str = "template", packages: str = "packages") -> Path:
    for name, text in {
        "shared/module.py": code,
        "template.yaml": template,
        "requirements/page_api.txt": packages,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


MOMENT = datetime(2026, 11, 27, 4, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 27, 5, 30, tzinfo=UTC)
GIVEN_TABLE = {"LinksTable": "links", "LogRetentionDays": "90"}


@pytest.mark.parametrize(
    "another",
    [
        lambda root: release_named(GIVEN_TABLE, MOMENT, tree(root, code="other")),
        lambda root: release_named(GIVEN_TABLE, MOMENT, tree(root, template="other")),
        lambda root: release_named(GIVEN_TABLE, MOMENT, tree(root, packages="other")),
        lambda root: release_named({**GIVEN_TABLE, "LinksTable": "links-restored"}, MOMENT, tree(root)),
    ],
    ids=["code", "template", "packages", "parameters"],
)
def test_what_is_deployed_differently_is_another_release(
    another: Callable[[Path], str], tmp_path: Path
) -> None:
    before = release_named(GIVEN_TABLE, MOMENT, tree(tmp_path / "before"))

    after = another(tmp_path / "after")

    assert before[:10] != after[:10]
    assert before[10:] == after[10:] == "-20261127T043000Z"


def test_the_same_deployed_again_publishes_nothing_but_is_named_apart(tmp_path: Path) -> None:
    once = release_named(GIVEN_TABLE, MOMENT, tree(tmp_path / "one"))

    again = release_named(dict(reversed(GIVEN_TABLE.items())), LATER, tree(tmp_path / "two"))

    assert once[:10] == again[:10]
    assert once != again


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({**GIVEN, "JwtIssuer": ""}, "The parameter JwtIssuer has no value. The issuer"),
        ({**GIVEN, "JwtIsuer": "x"}, "No template has a parameter JwtIsuer."),
    ],
)
def test_nothing_is_deployed_where_a_parameter_is_missing_or_unknown(
    given: dict[str, str], said: str
) -> None:
    account = Account()

    with pytest.raises(DeploymentFailed) as refused:
        release("jenji", given, account.deploy, account.outputs_of)

    assert str(refused.value).startswith(said)
    assert account.deployed == []


@pytest.mark.parametrize("name", ["staging", "production"])
def test_every_environment_has_a_stack_its_tags_and_parameters_that_there_are(name: str) -> None:
    account = Account()

    environment = environment_named(name)

    assert f"environment={name}" in environment.tags
    release(environment.stack, {**GIVEN, **environment.parameters}, account.deploy, account.outputs_of)
    assert [stack for _, stack, _ in account.deployed] == [
        f"{environment.stack}-data",
        environment.stack,
        f"{environment.stack}-monitoring",
    ]


def test_only_staging_may_be_thrown_away() -> None:
    protected = {
        name: environment_named(name).parameters["ProtectTables"] for name in ("staging", "production")
    }

    assert protected == {"staging": "false", "production": "true"}


def test_the_longest_name_of_a_stack_leaves_room_for_every_function_and_queue() -> None:
    resources = load_template(TEMPLATE)["Resources"].values()

    functions = [
        each["Properties"]["FunctionName"] for each in resources if "FunctionName" in each["Properties"]
    ]
    queues = [each["Properties"]["QueueName"] for each in resources if "QueueName" in each["Properties"]]

    def longest(names: list[dict[str, str]]) -> int:
        return max(len(name["Fn::Sub"].replace("${AWS::StackName}", "x" * LONGEST_NAME)) for name in names)

    assert longest(functions) <= 64
    assert longest(queues) <= 80


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ('[other.deploy.parameters]\nstack_name = "a"', "no environment 'staging'"),
        (f'[staging.deploy.parameters]\nstack_name = "{"a" * 49}"', "may have 48 characters"),
    ],
)
def test_an_environment_that_cannot_be_is_refused(config: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "samconfig.toml"
    file.write_text(config)

    with pytest.raises(DeploymentFailed, match=said):
        environment_named("staging", file)


def test_parameters_are_lines_of_a_name_and_a_value() -> None:
    lines = ["# of the host", "", "HostSettingsUrl = https://app.example.org/settings?a=b"]

    assert parameters_in(lines) == {"HostSettingsUrl": "https://app.example.org/settings?a=b"}
    with pytest.raises(DeploymentFailed, match="HostSettingsUrl"):
        parameters_in(["HostSettingsUrl"])


def test_a_tree_that_was_changed_since_it_was_built_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "shared" / "new.py"
    built = tmp_path / "built.yaml"
    for file in (tmp_path / "template.yaml", source, built):
        file.parent.mkdir(exist_ok=True)
        file.touch()
        os.utime(file, (1000, 1000))
    refuse_unbuilt_tree(built, tmp_path)
    os.utime(source, (1001, 1001))

    with pytest.raises(DeploymentFailed, match=r"^shared/new.py is newer"):
        refuse_unbuilt_tree(built, tmp_path)


def test_a_tree_that_was_never_built_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeploymentFailed, match="make build"):
        refuse_unbuilt_tree(tmp_path / "built.yaml", tmp_path)
