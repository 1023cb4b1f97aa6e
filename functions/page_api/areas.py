"""Which routes lie below the first part of a path, and has an app answer them once one is asked for.

Somebody waits for a cold start who asks for one thing. What answers the rest of the page is imported when the
page asks for it.
"""

from __future__ import annotations

from importlib import import_module

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

AREAS = {
    "links": ("links",),
    "imports": ("imports", "receipts"),
    "deliveries": ("deliveries", "resends"),
    "backfill": ("backfill",),
    "sharing": ("sharing",),
    "filing": ("filing",),
    "proofs": ("proofs",),
    "company": ("overview",),
}


class Areas:
    """Those that an app does not answer yet."""

    def __init__(self, app: APIGatewayHttpResolver) -> None:
        self._app = app
        self._missing = dict(AREAS)

    def include(self, path: str) -> None:
        """Have the app answer what lies around this path; what is in no area, it will not find."""
        name = path.split("/")[1]
        for module in self._missing.get(name, ()):
            self._app.include_router(import_module(f"functions.page_api.routes.{module}").routes)
        self._missing.pop(name, None)

    def include_all(self) -> None:
        """For who describes the whole of it."""
        for name in AREAS:
            self.include(f"/{name}")
