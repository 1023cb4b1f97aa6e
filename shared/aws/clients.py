"""Makes the clients of AWS's services, all over one session, which PynamoDB uses too.

What the clients of one session have in common is read and parsed once.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.session import Session, get_session

if TYPE_CHECKING:
    import boto3

_making = Lock()


@cache
def shared_session() -> Session:
    """Of this process."""
    return get_session()


def make_client(service: str, **options: Any) -> Any:  # noqa: ANN401 - the caller annotates it
    """A client that does not wait long for a connection. `options` are those of botocore's Config.

    boto3 is imported with the first: a tenth of a cold start, which who only asks tables does without.
    """
    with _making:  # a session makes one client at once
        session = _boto3_over(shared_session())
        return session.client(service, config=Config(**{"connect_timeout": 3, **options}))  # type: ignore[call-overload]


@cache
def _boto3_over(session: Session) -> boto3.Session:
    """Once for each: it adds to what the session's clients can do."""
    import boto3  # noqa: PLC0415 - see make_client

    return boto3.Session(botocore_session=session)
