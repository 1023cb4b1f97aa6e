"""Runs the sweep more often than the template's schedule, so that nobody waits at a demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local.repeated import Repeated
from local.world import World

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_SECONDS_BETWEEN_SWEEPS = 2.0


def sweeping(world: World) -> Repeated:
    """Invokes the deployed sweep function every two seconds for the time of a `with`."""
    client: LambdaClient = world.aws.client("lambda")
    function = world.deployment.functions["sweep"]
    return Repeated(
        "sweeper",
        lambda: client.invoke(FunctionName=function, Payload=b"{}"),
        _SECONDS_BETWEEN_SWEEPS,
    )
