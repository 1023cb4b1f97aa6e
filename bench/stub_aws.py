"""An endpoint that answers what functions ask AWS at a cold start, of empty tables, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from bench.one_notification import APP_SECRET

EMPTY_TABLES: dict[str, dict[str, Any]] = {
    "DynamoDB_20120810.GetItem": {},
    "DynamoDB_20120810.PutItem": {},
    "DynamoDB_20120810.TransactWriteItems": {},
    "DynamoDB_20120810.Query": {"Items": [], "Count": 0, "ScannedCount": 0},
    # The one row that is counted in: how often its user has asked.
    "DynamoDB_20120810.UpdateItem": {"Attributes": {"requests": {"N": "1"}}},
}


@contextmanager
def stub_aws() -> Iterator[str]:
    """The endpoint's URL, while it answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        arguments = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        payload = json.dumps(_answer(self.headers["X-Amz-Target"], arguments)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_args: object) -> None:
        """Quiet."""


def _answer(target: str, arguments: dict[str, Any]) -> dict[str, Any]:
    if target == "secretsmanager.GetSecretValue":
        return {"SecretString": json.dumps({"app_secret": APP_SECRET})}
    if target == "AmazonSQS.SendMessageBatch":
        taken = [
            {"Id": entry["Id"], "MessageId": entry["Id"], "MD5OfMessageBody": ""}
            for entry in arguments["Entries"]
        ]
        return {"Successful": taken, "Failed": []}
    return EMPTY_TABLES[target]
