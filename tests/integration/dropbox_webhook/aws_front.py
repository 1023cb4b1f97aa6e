"""AWS over real HTTP: checks signatures as AWS does, then has the emulated services answer.

The emulation in process only sees calls of the SDK, and the webhook makes none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

REGION = "eu-west-1"
ACCESS_KEY_ID = "AKIDWEBHOOK"
SECRET_ACCESS_KEY = "the-functions-own-key"
SESSION_TOKEN = "the-functions/own+token=="

Arguments = dict[str, Any]
Action = Callable[[Arguments], Mapping[str, Any]]


class AwsFront:
    """Serves actions by their target, such as `AmazonSQS.SendMessageBatch`.

    `calls` lists what was asked, in order; a test replaces an action to make it fail.
    """

    def __init__(self, actions: dict[str, Action]) -> None:
        self.actions = actions
        self.calls: list[tuple[str, Arguments]] = []
        self.url = ""

    @contextmanager
    def serving(self) -> Iterator[AwsFront]:
        server = _Server(("127.0.0.1", 0), _Handler)
        server.front = self
        self.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def count(self, target: str) -> int:
        return sum(asked == target for asked, _ in self.calls)


class Refusal(Exception):
    """An answer that is not 200."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    front: AwsFront


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            status, answer = 200, self._answer(body)
        except Refusal as refusal:
            status, answer = refusal.status, {"__type": f"com.amazonaws#{refusal.code}", "message": "refused"}
        except ClientError as error:
            code = error.response["Error"]["Code"]
            status, answer = 400, {"__type": f"com.amazonaws#{code}", "message": "refused"}
        payload = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(payload)))
        with suppress(ConnectionError):  # The caller may have given up.
            self.end_headers()
            self.wfile.write(payload)

    def _answer(self, body: bytes) -> Mapping[str, Any]:
        target = self.headers["X-Amz-Target"]
        service = "sqs" if target.startswith("AmazonSQS.") else "secretsmanager"
        version = {"sqs": "1.0", "secretsmanager": "1.1"}[service]
        if self.headers["Content-Type"] != f"application/x-amz-json-{version}":
            raise Refusal(404, "UnknownOperationException")
        self._check_signature(service, body)
        arguments = json.loads(body)
        self.server.front.calls.append((target, arguments))
        return self.server.front.actions[target](arguments)

    def _check_signature(self, service: str, body: bytes) -> None:
        """Sign the same request by the SDK's own code; AWS does the like."""
        signed_names = _part(self.headers["Authorization"], "SignedHeaders").split(";")
        request = AWSRequest(
            "POST",
            f"http://{self.headers['Host']}{self.path}",
            headers={name: self.headers[name] for name in signed_names if name != "host"},
            data=body,
        )
        request.context["timestamp"] = self.headers["X-Amz-Date"]
        signer = SigV4Auth(Credentials(ACCESS_KEY_ID, SECRET_ACCESS_KEY, SESSION_TOKEN), service, REGION)
        text = signer.string_to_sign(request, signer.canonical_request(request))
        genuine = (
            self.headers["X-Amz-Content-Sha256"] == hashlib.sha256(body).hexdigest()
            and self.headers["X-Amz-Security-Token"] == SESSION_TOKEN
            and {"host", "x-amz-date", "x-amz-security-token", "x-amz-target"} <= set(signed_names)
            and _part(self.headers["Authorization"], "Signature") == signer.signature(text, request)
        )
        if not genuine:
            raise Refusal(403, "SignatureDoesNotMatch")

    def log_message(self, *args: object) -> None:
        """Quiet."""


def _part(authorization: str, name: str) -> str:
    for part in authorization.split():
        if part.startswith(f"{name}="):
            return part.removeprefix(f"{name}=").rstrip(",")
    raise Refusal(403, "IncompleteSignature")
