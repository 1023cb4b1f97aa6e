"""Imports a function of the API and builds what its first answer needs: a cold start, as a whole process.

`python -m bench.ready_function page_api|oauth_callback`, with the function's environment; prints its peak
memory in bytes. Nothing is asked of AWS: how long that takes is not the function's.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

EVENT = {
    "rawPath": "/oauth/callback",
    "routeKey": "GET /oauth/callback",
    "requestContext": {"domainName": "api.example"},
}


def main() -> None:
    """Fail where a setting is missing."""
    function = sys.argv[1]
    handler: Any = import_module(f"functions.{function}.handler")
    if function == "oauth_callback":
        handler.composed(EVENT)
    else:
        handler.asking.composed()
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - pathlib is for the handler to import
        peak = next(line for line in status if line.startswith("VmHWM:"))
    print(int(peak.split()[1]) * 1024)


if __name__ == "__main__":
    main()
