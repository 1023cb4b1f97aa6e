"""Imports a webhook handler and has it answer one notification: a cold start, as a whole process.

`python -m bench.one_notification MODULE`; prints its peak memory in bytes. Nothing is imported here
that the handlers do not import themselves.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from importlib import import_module
from types import SimpleNamespace

APP_SECRET = "the-app-secret"  # noqa: S105 - of the stub
CONTEXT = SimpleNamespace(
    function_name="webhook",
    memory_limit_in_mb=1024,
    invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:webhook",
    aws_request_id="c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
)


def main() -> None:
    """Fail unless the answer is 200."""
    handler = import_module(sys.argv[1]).lambda_handler
    body = json.dumps({"list_folder": {"accounts": ["dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc"]}})
    signature = hmac.new(APP_SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()
    answer = handler(
        {
            "headers": {"x-dropbox-signature": signature},
            "requestContext": {"http": {"method": "POST"}},
            "body": body,
            "isBase64Encoded": False,
        },
        CONTEXT,
    )
    if answer["statusCode"] != 200:
        raise SystemExit(f"answered {answer['statusCode']}")
    print_peak_memory()


def print_peak_memory() -> None:
    """Of this process, in bytes."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - pathlib is for the handler to import
        peak = next(line for line in status if line.startswith("VmHWM:"))
    print(int(peak.split()[1]) * 1024)


if __name__ == "__main__":
    main()
