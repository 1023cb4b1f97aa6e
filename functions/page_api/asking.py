"""What every route of the API has at hand: who asks, the use cases, and how queries are given."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic.json_schema import SkipJsonSchema

from functions.page_api.composition import Composition
from functions.page_api.schemas import forms
from shared.config.page_api import PageApiSettings
from shared.doorbells.messages import correlation_id_in
from shared.http.host_session import HostSession

TIME_TO_ANSWER_MILLISECONDS = 15_000
"""No further page is counted with less left: API Gateway hangs up after half a minute."""

Cursor = Annotated[
    str | SkipJsonSchema[None], Query(description="Where the last page ended.", max_length=4096)
]
Words = Annotated[
    forms.Words | SkipJsonSchema[None],
    Query(description="All of these words, in names, merchants and employees."),
]
Since = Annotated[forms.Moment | SkipJsonSchema[None], Query(description="Not before then.")]
Until = Annotated[forms.Moment | SkipJsonSchema[None], Query(description="Before then.")]

logger = Logger()


@cache
def composed() -> Composition:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return Composition(PageApiSettings.from_environment())


class Routes(APIGatewayHttpRouter):
    """Some routes of the API, with what the handler knows of the request that one answers."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # Powertools' own

    @property
    def caller(self) -> HostSession:
        """Who asks, as the host's authorizer says, and in which language."""
        session: HostSession = self.context["session"]
        return session

    @property
    def correlation_id(self) -> str:
        """What the drains that a request leads to are followed by."""
        return correlation_id_in(self.current_event.request_context.request_id)

    def has_time(self) -> bool:
        """Whether there is time for another page before the answer is due."""
        return self.lambda_context.get_remaining_time_in_millis() > TIME_TO_ANSWER_MILLISECONDS
