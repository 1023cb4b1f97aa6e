"""The stand-in for the host, Jenji's web app: its people, their sign-in and its settings page."""

from __future__ import annotations

import html
import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

AUDIENCE = "jenji"
SETTINGS_PATH = "/settings/integrations"
_SESSION_SECONDS = 3600
_KEY_ID = "development"


@dataclass(frozen=True, slots=True)
class Person:
    """A user of the host, and the claims of a session of theirs."""

    user_id: str
    name: str
    company_id: str
    role: str = "employee"
    plan: str = "team"
    locale: str = "en"


ALICE = Person("alice", "Alice Martin", "atelier")
BOB = Person("bob", "Bob Durand", "atelier", role="administrator", locale="fr")
OTHER_ALICE = Person("alice-2", "Alice Martin", "atelier")
PEOPLE = (ALICE, BOB, OTHER_ALICE)


class Host:
    """Serves the issuer's OpenID documents and the settings page on loopback for the time of a `with`.

    Its key lives as long as it does: the AWS emulator keeps the keys it has read for two hours, so an
    emulator is used with one host only.
    """

    def __enter__(self) -> Self:
        """Start serving."""
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self.settings_url = f"{self.issuer}{SETTINGS_PATH}"
        self._server.documents = {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "jwks_uri": f"{self.issuer}/.well-known/jwks.json",
                "id_token_signing_alg_values_supported": ["RS256"],
            },
            "/.well-known/jwks.json": {"keys": [self._public_key()]},
        }
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving and give the port back."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def sign_in(self, person: Person, *, audience: str = AUDIENCE, lasts: int = _SESSION_SECONDS) -> str:
        """A session token (RS256 JWT) for the API's `Authorization: Bearer` header; `lasts` in seconds."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": audience,
            "iat": now,
            "exp": now + lasts,
            "sub": person.user_id,
            "company_id": person.company_id,
            "role": person.role,
            "plan": person.plan,
            "name": person.name,
            "locale": person.locale,
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": _KEY_ID})

    def _public_key(self) -> dict[str, object]:
        key = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {**key, "kid": _KEY_ID, "use": "sig", "alg": "RS256"}


def seed(
    dynamodb: DynamoDBClient, users_table: str, companies_table: str, people: Sequence[Person] = PEOPLE
) -> None:
    """Write the rows that the host keeps of its people and their companies."""
    for person in people:
        dynamodb.put_item(
            TableName=users_table,
            Item={
                "user_id": {"S": person.user_id},
                "name": {"S": person.name},
                "company_id": {"S": person.company_id},
                "role": {"S": person.role},
                "locale": {"S": person.locale},
                "active": {"BOOL": True},
            },
        )
    for company_id, plan in {person.company_id: person.plan for person in people}.items():
        dynamodb.put_item(
            TableName=companies_table,
            Item={
                "company_id": {"S": company_id},
                "name": {"S": company_id.capitalize()},
                "plan": {"S": plan},
            },
        )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    documents: dict[str, dict[str, object]]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path in self.server.documents:
            self._answer(200, "application/json", json.dumps(self.server.documents[url.path]))
        elif url.path == SETTINGS_PATH:
            self._answer(200, "text/html; charset=utf-8", _settings_page(parse_qs(url.query)))
        else:
            self._answer(404, "text/plain", "not found")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the base class's name
        """Stay silent: the query string of the settings page carries a handle."""

    def _answer(self, status: int, content_type: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(body)


def _settings_page(query: dict[str, list[str]]) -> str:
    """What a person sees on returning from Dropbox; the handle itself is not shown."""
    if "error" in query:
        text = f"Dropbox was not linked: {html.escape(query['error'][0])}."
    elif "handle" in query:
        text = "Dropbox sent you back. The link is made as soon as your session confirms it."
    else:
        text = "No Dropbox account has been linked from here yet."
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Integrations</title>
<body style="font: 16px/1.5 system-ui; max-width: 36em; margin: 4em auto; padding: 0 1em">
<h1>Integrations</h1><p>{text}</p></body></html>
"""
