"""The example of a host in React reaches all of the API in development too."""

from __future__ import annotations

import json
import re

from local.openapi import DOCUMENT
from local.template import ROOT

CONFIGURATION = (ROOT / "examples" / "react" / "vite.config.js").read_text(encoding="utf-8")


def test_its_proxy_in_development_knows_every_route_of_the_api() -> None:
    routes = {f"/{path.split('/')[1]}" for path in json.loads(DOCUMENT.read_text())["paths"]}

    proxied = set(re.findall(r'"(/\w+)": env\.JENJI_API', CONFIGURATION))

    assert proxied == routes
