"""Who is signed in at the stand-in's pages, by a cookie that no script can read."""

from __future__ import annotations

import secrets

from local.host import Person
from local.host_app.messages import Request

COOKIE = "jenji_session"


class Sessions:
    """Live until the host stops."""

    def __init__(self) -> None:
        self._people: dict[str, Person] = {}

    def begin(self, person: Person) -> str:
        """The `Set-Cookie` header of a new session."""
        key = secrets.token_urlsafe(32)
        self._people[key] = person
        return f"{COOKIE}={key}; Path=/; HttpOnly; SameSite=Lax"

    def who(self, request: Request) -> Person | None:
        """Whose request it is."""
        return self._people.get(request.cookies.get(COOKIE, ""))

    def end(self, request: Request) -> str:
        """Forget the session; the `Set-Cookie` header that has the browser forget it too."""
        self._people.pop(request.cookies.get(COOKIE, ""), None)
        return f"{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
