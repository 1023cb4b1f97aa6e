"""The stand-in's pages: what is answered to whom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from local.host import Host, Person
from local.host_app.expense_desk import EXPENSES_PATH, ExpenseDesk
from local.host_app.files import is_file, read_file
from local.host_app.inbox_page import choose, inbox_page
from local.host_app.messages import Request, Response, document, page, plain, see
from local.host_app.sessions import Sessions
from local.host_app.settings_page import settings_page
from local.host_app.sign_in_page import own_path, sign_in_page
from local.inbox import INBOX_PATH, Mailbox


@dataclass(frozen=True, slots=True)
class Site:
    """Every page. `dropbox_directory` is where the Dropbox accounts lie on disk, if they do."""

    host: Host
    desk: ExpenseDesk
    api_url: str
    dropbox_directory: Path | None
    mailbox: Mailbox
    sessions: Sessions = field(default_factory=Sessions)

    def respond(self, request: Request) -> Response:
        """Answer, with the headers that every page carries."""
        response = self._respond(request)
        return replace(response, headers={**self._headers(), **response.headers})

    def _headers(self) -> dict[str, str]:
        """The page runs our own scripts and talks to the API, and nobody may frame it.

        "same-origin", for a form sent under "no-referrer" names no origin.
        """
        api = urlsplit(self.api_url)
        return {
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
                f"{self.desk.expenses.pictures_origin}; "
                f"connect-src 'self' {api.scheme}://{api.netloc}; form-action 'self'; "
                "base-uri 'none'; frame-ancestors 'none'; "
                "require-trusted-types-for 'script'; trusted-types 'none'"
            ),
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "same-origin",
        }

    def _respond(self, request: Request) -> Response:
        if request.method == "GET" and is_file(request.path):
            return read_file(request.path)
        if request.method == "POST" and request.origin != self.host.issuer:
            return plain("This form was sent by another site.", 403)
        if request.path == "/sign-in":
            return self._sign_in(request)
        person = self.sessions.who(request)
        return self._nobody(request) if person is None else self._somebody(request, person)

    def _sign_in(self, request: Request) -> Response:
        if request.method == "GET":
            return page(sign_in_page(self.host.people, own_path(request.query.get("next", ""))))
        person = next((each for each in self.host.people if each.user_id == request.form.get("user")), None)
        if person is None:
            return plain("Nobody of that name.", 400)
        cookie = self.sessions.begin(person)
        return see(own_path(request.form.get("next", "")), **{"Set-Cookie": cookie})

    def _nobody(self, request: Request) -> Response:
        if request.method == "POST" or request.path == "/session":
            return plain("Sign in first.", 401)
        wanted = f"{request.path}?{urlencode(request.query)}" if request.query else request.path
        return see(f"/sign-in?next={quote(wanted, safe='')}")

    def _somebody(self, request: Request, person: Person) -> Response:
        _, *parts = request.path.split("/")
        found = (
            self._show(request, person, parts)
            if request.method == "GET"
            else self._do(request, person, parts)
        )
        return found or plain("Not found.", 404)

    def _show(self, request: Request, person: Person, parts: list[str]) -> Response | None:
        match parts:
            case [""]:
                return see(EXPENSES_PATH)
            case ["expenses" | "documents", *_]:
                return self.desk.show(request, person, parts)
            case ["settings", "integrations"]:
                return page(settings_page(person, self.api_url, self.dropbox_directory))
            case ["inbox", *rest]:
                return self._show_inbox(person, rest)
            case ["session"]:
                return document({"token": self.host.sign_in(person)})
        return None

    def _show_inbox(self, person: Person, rest: list[str]) -> Response | None:
        match rest:
            case []:
                return page(inbox_page(person, self.mailbox))
            case ["number"]:
                return document({"number": len(self.mailbox.of(person))})
        return None

    def _do(self, request: Request, person: Person, parts: list[str]) -> Response | None:
        match parts:
            case ["expenses", expense_id]:
                return self.desk.act(request, person, expense_id)
            case ["inbox"]:
                choose(person, self.mailbox, request.form)
                return see(INBOX_PATH)
            case ["sign-out"]:
                return see("/sign-in", **{"Set-Cookie": self.sessions.end(request)})
        return None
