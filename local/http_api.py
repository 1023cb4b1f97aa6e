"""Writes SAM's HTTP API out as the resources of API Gateway that it stands for.

The AWS emulator makes an API of `AWS::Serverless::HttpApi`, but none of its routes: it leaves the OpenAPI
document that SAM's transform puts them into unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

FUNCTION = "AWS::Serverless::Function"
HTTP_API = "AWS::Serverless::HttpApi"
_AUTHORIZER = "HostSessionAuthorizer"


def routes_of(template: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every route's key (`GET /links`), the function that answers it, and its event's properties."""
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] == FUNCTION:
            for event in resource["Properties"].get("Events", {}).values():
                if event["Type"] == "HttpApi":
                    route = event["Properties"]
                    yield f"{route['Method']} {route['Path']}", logical_id, route


def is_public(route: Mapping[str, Any]) -> bool:
    """Whether a route is answered without the host's session."""
    return bool(route.get("Auth", {}).get("Authorizer") == "NONE")


def write_api_out(template: dict[str, Any], api: str) -> None:
    """Replace the API of this logical id, and the events of its routes, by explicit resources."""
    resources = template["Resources"]
    routes = list(routes_of(template))
    properties = resources[api]["Properties"]
    resources[api] = {"Type": "AWS::ApiGatewayV2::Api", "Properties": _api(properties)}
    resources[f"{api}Stage"] = {"Type": "AWS::ApiGatewayV2::Stage", "Properties": _stage(api, properties)}
    resources[_AUTHORIZER] = {
        "Type": "AWS::ApiGatewayV2::Authorizer",
        "Properties": _authorizer(api, properties["Auth"]),
    }
    for function in {function for _, function, _ in routes}:
        resources.update(_answered_by(function, api))
    for number, (key, function, route) in enumerate(routes):
        resources[f"Route{number}"] = {
            "Type": "AWS::ApiGatewayV2::Route",
            "Properties": _route(key, function, api, route),
        }
    _drop_events(resources)


def _api(properties: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: properties[name] for name in ("Name", "Description", "CorsConfiguration")}
    return {**kept, "ProtocolType": "HTTP"}


def _stage(api: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: properties[name] for name in ("AccessLogSettings", "DefaultRouteSettings", "RouteSettings")}
    return {**kept, "ApiId": {"Ref": api}, "StageName": "$default", "AutoDeploy": True}


def _authorizer(api: str, auth: Mapping[str, Any]) -> dict[str, Any]:
    declared = auth["Authorizers"][auth["DefaultAuthorizer"]]
    jwt = declared["JwtConfiguration"]
    return {
        "ApiId": {"Ref": api},
        "Name": auth["DefaultAuthorizer"],
        "AuthorizerType": "JWT",
        "IdentitySource": [declared["IdentitySource"]],
        "JwtConfiguration": {"Issuer": jwt["issuer"], "Audience": jwt["audience"]},
    }


def _answered_by(function: str, api: str) -> dict[str, Any]:
    """The integration of a function, and the API's permission to invoke it."""
    source = f"arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{api}}}/*"
    return {
        f"{function}Integration": {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {
                "ApiId": {"Ref": api},
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": {"Fn::GetAtt": [function, "Arn"]},
                "PayloadFormatVersion": "2.0",
            },
        },
        f"{function}Permission": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "FunctionName": {"Ref": function},
                "Action": "lambda:InvokeFunction",
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": {"Fn::Sub": source},
            },
        },
    }


def _route(key: str, function: str, api: str, route: Mapping[str, Any]) -> dict[str, Any]:
    authorization: dict[str, Any] = {"AuthorizationType": "NONE"}
    if not is_public(route):
        authorization = {"AuthorizationType": "JWT", "AuthorizerId": {"Ref": _AUTHORIZER}}
    target = {"Fn::Sub": f"integrations/${{{function}Integration}}"}
    return {"ApiId": {"Ref": api}, "RouteKey": key, "Target": target, **authorization}


def _drop_events(resources: Mapping[str, Any]) -> None:
    for resource in resources.values():
        if resource["Type"] == FUNCTION:
            events = resource["Properties"].get("Events", {})
            for name in [name for name, event in events.items() if event["Type"] == "HttpApi"]:
                del events[name]
