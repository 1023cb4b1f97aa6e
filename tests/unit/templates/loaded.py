"""The three templates as one: their logical ids are distinct, and what holds of one kind holds in all of them."""

from __future__ import annotations

import json
from typing import Any

from local.http_api import routes_of
from local.template import (
    DATA_TEMPLATE,
    MONITORING_TEMPLATE,
    TEMPLATE,
    expand_loops,
    load_template,
    statements_of,
)

DATA = load_template(DATA_TEMPLATE)
MAIN = load_template(TEMPLATE)
MONITORING = expand_loops(load_template(MONITORING_TEMPLATE))
RESOURCES: dict[str, dict[str, Any]] = {
    **DATA["Resources"],
    **MAIN["Resources"],
    **MONITORING["Resources"],
}
ROUTES = {key: (function, route) for key, function, route in routes_of(MAIN)}
NAMESPACE = {"Fn::Sub": "JenjiDropbox/${Stack}"}


def of_type(kind: str) -> dict[str, dict[str, Any]]:
    return {name: resource for name, resource in RESOURCES.items() if resource["Type"] == kind}


FUNCTIONS = of_type("AWS::Serverless::Function")
ROLES = sorted(of_type("AWS::IAM::Role"))
ALARMS = of_type("AWS::CloudWatch::Alarm")


def allowed_to(role: str) -> list[dict[str, Any]]:
    """The statements of a role's own policies and of the managed ones that it shares with others."""
    policies = [each.get("Ref") or each["Fn::If"][1]["Ref"] for each in managed_policies(role)]
    return [
        *statements_of(RESOURCES[role]),
        *(statement for policy in policies for statement in statements_of(RESOURCES[policy])),
    ]


def managed_policies(role: str) -> list[dict[str, Any]]:
    declared: list[dict[str, Any]] = RESOURCES[role]["Properties"]["ManagedPolicyArns"]
    return declared


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def event_of(function: str) -> dict[str, Any]:
    """What invokes a function that one thing invokes."""
    [event] = RESOURCES[function]["Properties"]["Events"].values()
    properties: dict[str, Any] = event["Properties"]
    return properties


def dashboard() -> str:
    body: str = RESOURCES["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    return body


def widgets() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(dashboard())["widgets"]
    return found
