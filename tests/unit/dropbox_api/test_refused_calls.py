"""The operator is told of calls that Dropbox refuses as such."""

from __future__ import annotations

import json
from io import StringIO

import pytest
import requests
from aws_lambda_powertools import Logger, Metrics

from shared.dropbox_api.refused_calls import RefusalReport, RefusedCall


def answered(status: int, text: str) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.url = "https://content.dropboxapi.com/2/files/upload"
    response._content = text.encode()
    response.headers["X-Dropbox-Request-Id"] = "f00d"
    return response


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Error in call: /Contracts/Jane Doe.pdf is not a path", ""),
        ('{"error": "invalid_client"}', "invalid_client"),
    ],
)
def test_a_refused_call_is_counted_and_logged_without_its_text(text: str, tag: str) -> None:
    log = StringIO()
    metrics = Metrics(namespace="JenjiDropbox", service="document_sync")
    # Loggers of one service share the stream of the first.
    report = RefusalReport(Logger(service=f"document_sync {tag}", stream=log), metrics)

    report(RefusedCall.of(answered(400, text)))

    logged = json.loads(log.getvalue())
    counted = metrics.serialize_metric_set()
    metrics.clear_metrics()
    assert (logged["level"], logged["route"], logged["status"]) == ("WARNING", "files/upload", 400)
    assert (logged["tag"], logged["dropbox_request_id"]) == (tag, "f00d")
    assert "Jane" not in log.getvalue()
    assert counted["DropboxCallsRefused"] == [1.0]
