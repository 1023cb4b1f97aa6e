"""Reads `template.yaml` and adapts it to the AWS emulator.

What is deployed there differs in this alone:

- `CodeUri` names the uploaded zip, as `sam package` does.
- The API's id is fixed, so that its URL is known beforehand.
- The bucket policy that refuses plain HTTP is left out: the emulator speaks nothing else.
- Conditions on the encryption context are left out of the roles: the emulator resolves them to nothing
  and refuses. Unit tests check them, and the bucket policy, in the template itself.
- Two documents are read at once and the parameter is ignored: each takes a processor and half a gigabyte of
  this machine's. (The emulator would take the parameter for a text, and answer no queue at all.)
- `sqs:SendMessage` brings `sqs:SendMessageBatch`, as on AWS, where the latter is no permission of its own:
  https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "template.yaml"
HOST_TEMPLATE = ROOT / "local" / "host.yaml"
# The emulator gives an API this id when tagged with it.
API_ID = "0de50001"

_FUNCTION = "AWS::Serverless::Function"


class _TemplateLoader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms: `!Ref x` is `{"Ref": "x"}`, `!Sub x` `{"Fn::Sub": "x"}`."""


def _expand_short_form(loader: _TemplateLoader, name: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if name == "GetAtt":
            value = str(value).split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        assert isinstance(node, yaml.MappingNode)  # noqa: S101 # for mypy: YAML has these three
        value = loader.construct_mapping(node, deep=True)
    return {name if name in ("Ref", "Condition") else f"Fn::{name}": value}


_TemplateLoader.add_multi_constructor("!", _expand_short_form)


def load_template(path: Path = TEMPLATE) -> dict[str, Any]:
    """A CloudFormation template as the JSON it stands for."""
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _TemplateLoader)  # noqa: S506 # derives from SafeLoader
    return loaded


def functions_of(template: Mapping[str, Any]) -> dict[str, str]:
    """The functions' logical ids -> their folders under `functions/`, read off their handlers."""
    return {
        logical_id: resource["Properties"]["Handler"].split(".")[1]
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] == _FUNCTION
    }


def adapt_to_emulator(template: Mapping[str, Any], code_uris: Mapping[str, str]) -> dict[str, Any]:
    """A copy for the emulator; `code_uris` maps each function's logical id to its `s3://` location."""
    adapted = copy.deepcopy(dict(template))
    resources = adapted["Resources"]
    for logical_id, uri in code_uris.items():
        resources[logical_id]["Properties"]["CodeUri"] = uri
    del resources["DocumentsBucketPolicy"]
    resources["DocumentReadingQueueMapping"]["Properties"]["ScalingConfig"] = {"MaximumConcurrency": 2}
    resources["HttpApi"]["Properties"]["Tags"] = {"ms-custom-id": API_ID}
    for resource in resources.values():
        if resource["Type"] == "AWS::IAM::Role":
            _adapt_role(resource)
    return adapted


def _adapt_role(role: dict[str, Any]) -> None:
    statements = [
        statement
        for policy in role["Properties"]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]
    for statement in statements:
        tested = [key for test in statement.get("Condition", {}).values() for key in test]
        if any(key.startswith("kms:EncryptionContext:") for key in tested):
            del statement["Condition"]
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        if "sqs:SendMessage" in actions:
            statement["Action"] = [*actions, "sqs:SendMessageBatch"]
