"""How long the webhook takes from nothing to its answer, and how much memory, beside boto3's."""

from __future__ import annotations

import site
import sys

from bench.figures import Figure, Table, median, ratio_of
from bench.processes import ROOT, run
from bench.stub_aws import stub_aws

OURS = "functions.dropbox_webhook.handler"
PEER = "bench.webhook_with_boto3"
REPETITIONS = 25
MEGABYTE = 1000 * 1000


def measure() -> Table:
    """Fresh processes, ours and the peer's by turns."""
    with stub_aws() as endpoint:
        environment = _environment(endpoint)
        for module in (OURS, PEER):
            _start(module, environment)  # leaves the bytecode behind
        runs = [(_start(OURS, environment), _start(PEER, environment)) for _ in range(REPETITIONS)]
        bare = median(run([sys.executable, "-S", "-c", ""], environment).seconds for _ in range(REPETITIONS))
    seconds, peer_seconds = (median(pair[index][0] for pair in runs) for index in (0, 1))
    memory, peer_memory = (median(pair[index][1] for pair in runs) for index in (0, 1))
    return Table(
        "Webhook: cold start",
        "boto3",
        [
            Figure(
                "whole process",
                f"{seconds * 1000:.0f} ms",
                f"{peer_seconds * 1000:.0f} ms",
                ratio_of(seconds, peer_seconds),
                "≤ 0.45",
                f"{REPETITIONS} each; an empty interpreter takes {bare * 1000:.0f} ms",
            ),
            Figure(
                "peak memory",
                f"{memory / MEGABYTE:.0f} MB",
                f"{peer_memory / MEGABYTE:.0f} MB",
                ratio_of(memory, peer_memory),
                "≤ 0.70",
            ),
        ],
    )


def _start(module: str, environment: dict[str, str]) -> tuple[float, int]:
    """Seconds and peak memory of one cold start."""
    done = run([sys.executable, "-S", "-m", "bench.one_notification", module], environment)
    return done.seconds, int(done.output.splitlines()[-1])


def _environment(endpoint: str) -> dict[str, str]:
    """As Lambda sets it; without `site`, whose hooks are those of development tools."""
    return {
        "PYTHONPATH": ":".join([str(ROOT), *site.getsitepackages()]),
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "stub",
        "AWS_SECRET_ACCESS_KEY": "stub",
        "AWS_SESSION_TOKEN": "stub",
        "AWS_ENDPOINT_URL": endpoint,
        "POWERTOOLS_SERVICE_NAME": "dropbox_webhook",
        "IMPORT_QUEUE_URL": f"{endpoint}/123456789012/import.fifo",
        "AUTO_IMPORT_APP_SECRET_NAME": "jenji/auto-import",
    }
