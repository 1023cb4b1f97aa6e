"""Reads the templates and adapts them to the AWS emulator.

What is deployed there differs in this alone:

- `CodeUri` names the uploaded zip, as `sam package` does. It holds the function's own code; its packages
  lie in a folder that its instances share, as a layer's do, instead of being unpacked for each.
- The API is written out (`local/http_api.py`), and its id fixed, so that its URL is known beforehand.
- The bucket policy that refuses plain HTTP is left out: the emulator speaks nothing else.
- Conditions on the encryption context are left out of the roles: the emulator resolves them to nothing
  and refuses. Unit tests check them, and the bucket policy, in the template itself.
- Nothing is behind an alias: the emulator has no CodeDeploy, and every deployment is the first.
- The alarm about the share of unreadable documents watches their number: the emulator computes no metrics.
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

from local.http_api import FUNCTION, write_api_out

try:
    from yaml import CSafeLoader as SafeLoader  # nine times as fast, where PyYAML was built with it
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "template.yaml"
DATA_TEMPLATE = ROOT / "template-data.yaml"
MONITORING_TEMPLATE = ROOT / "template-monitoring.yaml"
HOST_TEMPLATE = ROOT / "local" / "host.yaml"
# The emulator gives an API this id when tagged with it.
API_ID = "0de50001"

_LOOP = "Fn::ForEach::"
_OF_RELEASES = ("AutoPublishAlias", "AutoPublishCodeSha256", "DeploymentPreference")


class _TemplateLoader(SafeLoader):
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


def expand_loops(template: Mapping[str, Any]) -> dict[str, Any]:
    """A copy whose `Fn::ForEach` over resources are unrolled, as CloudFormation does before it makes any."""
    resources: dict[str, Any] = {}
    for name, resource in template["Resources"].items():
        if not name.startswith(_LOOP):
            resources[name] = resource
            continue
        variable, values, body = resource
        for value in values:
            for repeated, declared in body.items():
                resources[repeated.replace(f"${{{variable}}}", value)] = _with_value(
                    declared, variable, value
                )
    return {**template, "Resources": resources}


def _with_value(part: Any, variable: str, value: str) -> Any:  # noqa: ANN401 # any part of a template
    """The part with the loop's variable replaced, which CloudFormation does in `Fn::Sub` alone."""
    if isinstance(part, list):
        return [_with_value(each, variable, value) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: each.replace(f"${{{variable}}}", value)
        if name == "Fn::Sub" and isinstance(each, str)
        else _with_value(each, variable, value)
        for name, each in part.items()
    }


def functions_of(template: Mapping[str, Any]) -> dict[str, str]:
    """The functions' logical ids -> their folders under `functions/`, read off their handlers."""
    return {
        logical_id: resource["Properties"]["Handler"].split(".")[1]
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] == FUNCTION
    }


def adapt_to_emulator(
    template: Mapping[str, Any], code_uris: Mapping[str, str], packages: Mapping[str, Path] | None = None
) -> dict[str, Any]:
    """A copy of one of the templates.

    `code_uris` maps each function's logical id to its `s3://` location, `packages` to its packages' folder.
    """
    adapted = copy.deepcopy(dict(template))
    resources = adapted["Resources"]
    for logical_id, uri in code_uris.items():
        resources[logical_id]["Properties"]["CodeUri"] = uri
        for name in _OF_RELEASES:
            resources[logical_id]["Properties"].pop(name, None)
    for logical_id, folder in (packages or {}).items():
        resources[logical_id]["Properties"]["Environment"]["Variables"]["PYTHONPATH"] = str(folder.resolve())
    adapted.get("Parameters", {}).pop("Release", None)
    resources.pop("DocumentsBucketPolicy", None)
    if "DocumentReadingFunction" in resources:
        doorbell = resources["DocumentReadingFunction"]["Properties"]["Events"]["Doorbell"]
        doorbell["Properties"]["ScalingConfig"] = {"MaximumConcurrency": 2}
    if "UnreadableDocumentsAlarm" in resources:
        _watch_one_metric(resources["UnreadableDocumentsAlarm"]["Properties"])
    if "HttpApi" in resources:
        write_api_out(adapted, "HttpApi")
        resources["HttpApi"]["Properties"]["Tags"] = {"ms-custom-id": API_ID}
    for name, resource in resources.items():
        if not name.startswith(_LOOP):
            for statement in statements_of(resource):
                _adapt_statement(statement)
    return adapted


def _watch_one_metric(alarm: dict[str, Any]) -> None:
    """The last of the metrics that the alarm computes with."""
    watched = alarm.pop("Metrics")[-1]["MetricStat"]
    alarm.update(watched["Metric"], Statistic=watched["Stat"], Period=watched["Period"])


def statements_of(resource: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The statements of a role's own policies, or of a policy; none of anything else."""
    properties = resource.get("Properties", {})
    if resource["Type"] == "AWS::IAM::Role":
        policies = properties["Policies"]
    elif resource["Type"] in ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy"):
        policies = [properties]
    else:
        policies = []
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def _adapt_statement(statement: dict[str, Any]) -> None:
    tested = [key for test in statement.get("Condition", {}).values() for key in test]
    if any(key.startswith("kms:EncryptionContext:") for key in tested):
        del statement["Condition"]
    actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
    if "sqs:SendMessage" in actions:
        statement["Action"] = [*actions, "sqs:SendMessageBatch"]
