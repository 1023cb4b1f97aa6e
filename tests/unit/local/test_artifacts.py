"""An artifact describes the AWS services that its code talks to, and no other of some four hundred."""

from __future__ import annotations

import re

from local.artifacts import AWS_SERVICES
from local.template import ROOT


def test_every_service_that_a_function_asks_for_is_described() -> None:
    sources = [
        path.read_text() for folder in ("functions", "shared") for path in (ROOT / folder).rglob("*.py")
    ]

    asked_for = {name for source in sources for name in re.findall(r"\bclient\(\s*\"([a-z0-9-]+)\"", source)}

    assert asked_for >= {"kms", "s3", "sqs"}
    assert asked_for <= AWS_SERVICES
