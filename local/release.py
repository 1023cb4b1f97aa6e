"""Deploys the three templates to AWS in their order: data, then what works on it, then what watches that.

`python -m local.release staging --parameters staging.parameters` takes the stack's name, its tags and the
environment's own parameters from `samconfig.toml`, the others from a file of lines `Name=Value`. Each stack
takes the parameters that its template declares, and the outputs of the stacks before it.

The functions behind an alias are given a release, of which CloudFormation makes their next version. SAM's own
hash for it leaves the parameters' values out: another table alone would reach no caller.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3

from local.errors import DeploymentFailed, LocalError
from local.template import DATA_TEMPLATE, MONITORING_TEMPLATE, ROOT, TEMPLATE, load_template

SAMCONFIG = ROOT / "samconfig.toml"
BUILT = ROOT / ".aws-sam" / "build" / "template.yaml"
LONGEST_NAME = 48
"""With the longest name of a function behind it, a stack's makes the 64 characters that Lambda takes."""
_SAM = ROOT / ".venv-sam" / "bin" / "sam"
# Without the second SAM fails at a loop, in which it looks for something to upload.
_ALWAYS = (
    "--no-fail-on-empty-changeset",
    "--language-extensions",
    "--capabilities",
    "CAPABILITY_IAM",
    "CAPABILITY_AUTO_EXPAND",
)
_NOT_GIVEN = ("Stack", "ApiId", "Release")
_HASH_LENGTH = 10
"""So many characters of it SAM has in the logical id of a version, and no more."""

Outputs = Callable[[str], dict[str, str]]
Deploy = Callable[[Path, str, Mapping[str, str]], None]


@dataclass(frozen=True, slots=True)
class Environment:
    """What `samconfig.toml` says of one: the stack's name, tags as `Name=Value`, and parameters."""

    stack: str
    tags: Sequence[str]
    parameters: Mapping[str, str]


def environment_named(name: str, config: Path = SAMCONFIG) -> Environment:
    """Read an environment. Raises DeploymentFailed where there is none, or its stack's name is too long."""
    declared = tomllib.loads(config.read_text(encoding="utf-8"))
    if name not in declared or "stack_name" not in declared[name].get("deploy", {}).get("parameters", {}):
        raise DeploymentFailed(f"samconfig.toml has no environment {name!r} with a stack_name.")
    settings = declared[name]["deploy"]["parameters"]
    if len(settings["stack_name"]) > LONGEST_NAME:
        raise DeploymentFailed(
            f"A stack's name may have {LONGEST_NAME} characters: its functions begin with it."
        )
    overrides = parameters_in(settings.get("parameter_overrides", []))
    return Environment(settings["stack_name"], settings.get("tags", []), overrides)


def parameters_in(lines: Sequence[str]) -> dict[str, str]:
    """What lines of `Name=Value` say; empty ones and those that begin with # say nothing."""
    said = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if wrong := [line for line in said if "=" not in line]:
        raise DeploymentFailed(f"A parameter is written Name=Value: {wrong[0]!r} is not.")
    return {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in said)}


def refuse_unbuilt_tree(built: Path = BUILT, root: Path = ROOT) -> None:
    """Raise DeploymentFailed where what was built is not of this tree."""
    if not built.exists():
        raise DeploymentFailed("Nothing is built: run 'make build'.")
    made = built.stat().st_mtime
    for source in _sources(root):
        if source.stat().st_mtime > made:
            raise DeploymentFailed(
                f"{source.relative_to(root)} is newer than the artifacts: run 'make build'."
            )


def _sources(root: Path) -> Iterator[Path]:
    yield root / "template.yaml"
    yield from (root / "requirements").glob("*.txt")
    for folder in ("functions", "shared"):
        yield from (root / folder).rglob("*.py")


def release_named(parameters: Mapping[str, str], moment: datetime, root: Path = ROOT) -> str:
    """The name of a release: a hash of code, template and parameters, and when it was deployed.

    The same hash publishes nothing. The moment is part of the versions' description: one that was rolled back
    can be tried again, which Lambda would else refuse as equal to its last.
    """
    made_of = hashlib.sha256(json.dumps(dict(parameters), sort_keys=True).encode())
    for source in sorted(_sources(root)):
        contents = source.read_bytes()
        made_of.update(f"{source.relative_to(root)} {len(contents)}\n".encode() + contents)
    return f"{made_of.hexdigest()[:_HASH_LENGTH]}-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def release(stack: str, given: Mapping[str, str], deploy: Deploy, outputs_of: Outputs) -> None:
    """Deploy all three.

    Raises DeploymentFailed, before anything is deployed, where a parameter is missing or unknown.
    """
    data, main, monitoring = map(load_template, (DATA_TEMPLATE, TEMPLATE, MONITORING_TEMPLATE))
    _check(given, (data, main, monitoring))
    deploy(DATA_TEMPLATE, f"{stack}-data", _chosen(data, given))
    chosen = _chosen(main, {**outputs_of(f"{stack}-data"), **given})
    deploy(BUILT, stack, {**chosen, "Release": release_named(chosen, datetime.now(UTC))})
    watched = {"Stack": stack, "ApiId": outputs_of(stack)["ApiId"]}
    deploy(MONITORING_TEMPLATE, f"{stack}-monitoring", _chosen(monitoring, {**given, **watched}))


def _check(given: Mapping[str, str], templates: Sequence[Mapping[str, Any]]) -> None:
    declared = {name: each for template in templates for name, each in template["Parameters"].items()}
    if unknown := sorted(set(given) - set(declared)):
        raise DeploymentFailed(f"No template has a parameter {unknown[0]}.")
    made = {*templates[0]["Outputs"], *_NOT_GIVEN}
    for name, each in declared.items():
        if "Default" not in each and name not in made and not given.get(name):
            raise DeploymentFailed(f"The parameter {name} has no value. {each['Description']}")


def _chosen(template: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    return {name: values[name] for name in template["Parameters"] if name in values}


def sam_deploy(tags: Sequence[str], options: Sequence[str] = ("--resolve-s3",)) -> Deploy:
    """Deploys one stack by SAM's command line, which shows what will change and asks unless CI is set."""

    def deploy(template: Path, stack: str, parameters: Mapping[str, str]) -> None:
        asks = "--no-confirm-changeset" if os.environ.get("CI") else "--confirm-changeset"
        overrides = [f'{name}="{value}"' for name, value in parameters.items()]
        command = [str(_SAM), "deploy", "--template-file", str(template), "--stack-name", stack, asks]
        command += [*_ALWAYS, *options]
        command += ["--tags", *tags] if tags else []
        command += ["--parameter-overrides", *overrides] if overrides else []
        if subprocess.run(command, check=False).returncode:  # noqa: S603 # our own command
            raise DeploymentFailed(f"The stack {stack} was not deployed; SAM has said why.")

    return deploy


def outputs_of(stack: str) -> dict[str, str]:
    """The outputs of a deployed stack."""
    [described] = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Deploy the three stacks of an environment.")
    parser.add_argument("environment", help="a section of samconfig.toml")
    parser.add_argument("--parameters", type=Path, help="a file of lines Name=Value")
    arguments = parser.parse_args()
    try:
        environment = environment_named(arguments.environment)
        refuse_unbuilt_tree()
        own = arguments.parameters.read_text(encoding="utf-8").splitlines() if arguments.parameters else []
        given = {**environment.parameters, **parameters_in(own)}
        release(environment.stack, given, sam_deploy(environment.tags), outputs_of)
    except (LocalError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
