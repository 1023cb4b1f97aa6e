"""Makes the clients of AWS's services, all over one session.

Botocore's, and not boto3's: that would import transfers of files and resources, a tenth of a cold start, of
which nothing is used. What the clients of one session have in common is read and parsed once.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from botocore.config import Config
from botocore.session import Session, get_session

_making = Lock()


@cache
def shared_session() -> Session:
    """Of this process."""
    return get_session()


def make_client(service: str, **options: Any) -> Any:  # noqa: ANN401 - as botocore itself
    """A client that does not wait long for a connection. `options` are those of botocore's Config.

    Untyped, as botocore's own: the caller annotates it with its mypy_boto3 type. A session makes one at once.
    """
    with _making:
        return shared_session().create_client(service, config=Config(**{"connect_timeout": 3, **options}))
