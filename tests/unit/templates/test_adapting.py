"""The AWS emulator is given the templates but for what it cannot do."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from local.http_api import is_public
from local.template import adapt_to_emulator, functions_of, statements_of
from tests.unit.templates.loaded import DATA, MAIN, MONITORING, RESOURCES, ROUTES, as_list

URIS = {logical_id: f"s3://artifacts/{logical_id}.zip" for logical_id in functions_of(MAIN)}


def explicit(adapted: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {
        name: resource["Properties"]
        for name, resource in adapted["Resources"].items()
        if resource["Type"] == f"AWS::ApiGatewayV2::{kind}"
    }


def test_data_is_the_same_but_for_the_bucket_policy() -> None:
    adapted = adapt_to_emulator(DATA, {})

    adapted["Resources"]["DocumentsBucketPolicy"] = RESOURCES["DocumentsBucketPolicy"]
    assert adapted == DATA


def test_functions_queues_and_roles_are_the_same_but_for_what_it_cannot_do() -> None:
    adapted = adapt_to_emulator(MAIN, URIS)

    expected = copy.deepcopy(MAIN["Resources"])
    for name, resource in expected.items():
        given = adapted["Resources"][name]
        if name in URIS:
            assert given["Properties"].pop("CodeUri") == URIS[name]
            for part in ("AutoPublishAlias", "AutoPublishCodeSha256", "DeploymentPreference"):
                assert part not in given["Properties"]
                resource["Properties"].pop(part, None)
            events = resource["Properties"]["Events"]
            for event in [key for key, each in events.items() if each["Type"] == "HttpApi"]:
                del events[event]
        if name == "DocumentReadingFunction":
            for each in (given, resource):
                each["Properties"]["Events"]["Doorbell"]["Properties"].pop("ScalingConfig")
        for statement, original in zip(statements_of(given), statements_of(resource), strict=True):
            if any(action.startswith("kms:") for action in as_list(original["Action"])):
                statement["Condition"] = original["Condition"]
            assert set(as_list(statement["Action"])) - set(as_list(original["Action"])) <= {
                "sqs:SendMessageBatch"
            }
            statement["Action"] = original["Action"]
        assert name == "HttpApi" or given == resource, name


def test_alarms_and_dashboard_are_the_same_but_for_one_that_computes() -> None:
    adapted = adapt_to_emulator(MONITORING, {})

    alarm = adapted["Resources"].pop("UnreadableDocumentsAlarm")["Properties"]
    assert alarm["MetricName"] == "DocumentsUnreadable"
    expected = {
        name: each for name, each in MONITORING["Resources"].items() if name != "UnreadableDocumentsAlarm"
    }
    assert adapted["Resources"] == expected


def test_two_documents_are_read_at_once() -> None:
    adapted = adapt_to_emulator(MAIN, URIS)

    doorbell = adapted["Resources"]["DocumentReadingFunction"]["Properties"]["Events"]["Doorbell"]
    assert doorbell["Properties"]["ScalingConfig"] == {"MaximumConcurrency": 2}


def test_every_route_is_written_out_with_the_function_that_answers_it_and_who_may_call() -> None:
    adapted = adapt_to_emulator(MAIN, URIS)

    integrations = explicit(adapted, "Integration")
    written = {
        route["RouteKey"]: (
            integrations[route["Target"]["Fn::Sub"].split("{")[1].removesuffix("}")]["IntegrationUri"],
            route["AuthorizationType"],
        )
        for route in explicit(adapted, "Route").values()
    }
    assert written == {
        key: ({"Fn::GetAtt": [function, "Arn"]}, "NONE" if is_public(route) else "JWT")
        for key, (function, route) in ROUTES.items()
    }


def test_the_api_is_written_out_with_its_authorizer_its_throttles_and_a_fixed_id() -> None:
    declared = RESOURCES["HttpApi"]["Properties"]

    adapted = adapt_to_emulator(MAIN, URIS)

    [api], [stage] = explicit(adapted, "Api").values(), explicit(adapted, "Stage").values()
    assert api["Tags"] == {"ms-custom-id": "0de50001"}
    assert api["CorsConfiguration"] == declared["CorsConfiguration"]
    assert stage["RouteSettings"] == declared["RouteSettings"]
    assert stage["AccessLogSettings"] == declared["AccessLogSettings"]
    [authorizer] = explicit(adapted, "Authorizer").values()
    assert authorizer["JwtConfiguration"] == {
        "Issuer": {"Ref": "JwtIssuer"},
        "Audience": [{"Ref": "JwtAudience"}],
    }
    assert {route.get("AuthorizerId", {}).get("Ref") for route in explicit(adapted, "Route").values()} == {
        None,
        "HostSessionAuthorizer",
    }


def test_every_instance_of_a_function_imports_its_packages_from_one_folder(tmp_path: Path) -> None:
    shared = dict.fromkeys(URIS, tmp_path / "packages-of-all")

    adapted = adapt_to_emulator(MAIN, URIS, shared)

    for logical_id in URIS:
        variables = adapted["Resources"][logical_id]["Properties"]["Environment"]["Variables"]
        assert variables["PYTHONPATH"] == str(tmp_path / "packages-of-all")
