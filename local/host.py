"""The stand-in for the host, Jenji's web app: its people and the sessions that it signs for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from local.host_app.messages import Request, Response, document, plain
from local.host_app.server import LoopbackServer

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

AUDIENCE = "jenji"
SETTINGS_PATH = "/settings/integrations"
_SESSION_SECONDS = 3600
_KEY_ID = "development"


@dataclass(frozen=True, slots=True)
class Person:
    """A user of the host, and the claims of that user's session."""

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
    """Serves the issuer's OpenID documents, and its pages once opened, on loopback for the time of a `with`.

    Its key lives as long as it does: the AWS emulator keeps the keys it has read for two hours, so an
    emulator is used with one host only.
    """

    def __init__(self, port: int = 0) -> None:
        """`port` 0 takes any free one."""
        self._server = LoopbackServer(self._respond, port)
        self._pages: Callable[[Request], Response] | None = None
        self.people = list(PEOPLE)

    def __enter__(self) -> Self:
        """Start serving. Raises PortTaken."""
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._server.__enter__()
        self.issuer = self._server.url
        self.settings_url = f"{self.issuer}{SETTINGS_PATH}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving and give the port back."""
        self._server.__exit__(kind, error, trace)

    def open(self, pages: Callable[[Request], Response]) -> None:
        """Serve these pages from now on: they need what is deployed, and that needs the issuer."""
        self._pages = pages

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

    def _respond(self, request: Request) -> Response:
        documents = {
            "/.well-known/openid-configuration": self._configuration,
            "/.well-known/jwks.json": self._public_keys,
        }
        if request.path in documents:
            return document(documents[request.path]())
        return self._pages(request) if self._pages else plain("The host is not open yet.", 503)

    def _configuration(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "jwks_uri": f"{self.issuer}/.well-known/jwks.json",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _public_keys(self) -> dict[str, object]:
        key = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": _KEY_ID, "use": "sig", "alg": "RS256"}]}


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
