"""How long functions that somebody waits for take from nothing, and how much memory.

The webhook to its answer, beside boto3's; those of the page to theirs.
"""

from __future__ import annotations

import site
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, Table, median, ratio_of
from bench.processes import ROOT, Finished, run
from bench.stub_aws import stub_aws
from local.artifacts import Target, build_artifact
from shared.config.environment import Settings
from shared.config.oauth_callback import OauthSettings
from shared.config.page_api import PageApiSettings

OURS = "functions.dropbox_webhook.handler"
PEER = "bench.webhook_with_boto3"
REPETITIONS = 25
FEW = 7
PAGE_FUNCTIONS: dict[str, type[Settings]] = {"page_api": PageApiSettings, "oauth_callback": OauthSettings}
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


def measure_page() -> Table:
    """Fresh processes, each function's by turns, of artifacts as they are deployed."""
    with TemporaryDirectory() as folder, stub_aws() as endpoint:
        environments = {
            name: _environment(endpoint, _artifact(name, Path(folder))) | _settings_of(settings)
            for name, settings in PAGE_FUNCTIONS.items()
        }
        runs = [
            {name: _have_answer(name, environment) for name, environment in environments.items()}
            for _ in range(FEW + 1)
        ][1:]  # the first reads the artifacts from the disk
    return Table("Functions of the page: cold start", "", [_figure(name, runs) for name in environments])


def _artifact(name: str, folder: Path) -> Path:
    directory = folder / name
    directory.mkdir()
    build_artifact(name, directory, Target.HOST)
    return directory


def _figure(name: str, runs: Sequence[Mapping[str, tuple[Finished, int]]]) -> Figure:
    finished = [run[name][0] for run in runs]
    memory = median(run[name][1] for run in runs)
    processor = median(each.processor_seconds for each in finished)
    return Figure(
        name,
        f"{median(each.seconds for each in finished) * 1000:.0f} ms",
        remark=f"{len(finished)} each; {processor * 1000:.0f} ms of a processor; {memory / MEGABYTE:.0f} MB",
    )


def _have_answer(name: str, environment: Mapping[str, str]) -> tuple[Finished, int]:
    # -P: what is imported is the artifact's, and not what lies here.
    done = run([sys.executable, "-S", "-P", "-m", "bench.first_answer", name], environment)
    return done, int(done.output.splitlines()[-1])


def _settings_of(settings: type[Settings]) -> dict[str, str]:
    """A value for each of its variables, which are looked at only once something is asked of AWS."""
    names = [field.name.upper() for field in fields(settings)]  # type: ignore[arg-type] # each of them is a dataclass
    return dict.fromkeys([*names, "AUDIT_KEPT_DAYS"], "1")


def _start(module: str, environment: dict[str, str]) -> tuple[float, int]:
    """Seconds and peak memory of one cold start."""
    done = run([sys.executable, "-S", "-m", "bench.one_notification", module], environment)
    return done.seconds, int(done.output.splitlines()[-1])


def _environment(endpoint: str, artifact: Path | None = None) -> dict[str, str]:
    """As Lambda sets it; without `site`, whose hooks are those of development tools."""
    paths = [str(artifact), str(ROOT)] if artifact else [str(ROOT), *site.getsitepackages()]
    return {
        "PYTHONPATH": ":".join(paths),
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "stub",
        "AWS_SECRET_ACCESS_KEY": "stub",
        "AWS_SESSION_TOKEN": "stub",
        "AWS_ENDPOINT_URL": endpoint,
        "POWERTOOLS_METRICS_NAMESPACE": "JenjiDropbox",
        "POWERTOOLS_SERVICE_NAME": "dropbox_webhook",
        "IMPORT_QUEUE_URL": f"{endpoint}/123456789012/import.fifo",
        "AUTO_IMPORT_APP_SECRET_NAME": "jenji/auto-import",
    }
