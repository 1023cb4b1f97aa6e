"""The path of a request as our routes have it, by whichever name of the API it came."""

from __future__ import annotations

from typing import Any


def with_own_path(event: dict[str, Any]) -> dict[str, Any]:
    """A copy without the key under which a custom domain serves the API.

    `rawPath` has that key in front, the route's key never: Powertools would find no route by it.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
    """
    route = event["routeKey"].partition(" ")[2]
    own = event["rawPath"].split("/")[-route.count("/") :]
    return {**event, "rawPath": "/" + "/".join(own)}
