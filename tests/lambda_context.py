"""What Lambda tells a function about its invocation."""

from __future__ import annotations

import time

from aws_lambda_powertools.utilities.typing import LambdaContext


class FakeLambdaContext(LambdaContext):
    """An invocation that began when this was made and may last so many seconds."""

    def __init__(self, seconds: float = 300) -> None:
        self._function_name = "function"
        self._function_version = "$LATEST"
        self._memory_limit_in_mb = 1024
        self._invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:function"
        self._aws_request_id = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"
        self._ends = time.monotonic() + seconds

    def get_remaining_time_in_millis(self) -> int:
        return int(max(0.0, self._ends - time.monotonic()) * 1000)
