"""What others build and we run is named by digest, so that nobody can put another under the same name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from local.template import ROOT

WORKFLOWS = sorted((ROOT / ".github").rglob("*.y*ml"))
FOLDERS = ("functions", "shared", "local", "bench", "testing", "tools", "tests")
DOCKERFILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*Dockerfile*"))
USES = re.compile(r"^\s*(?:- )?uses:\s*(?P<action>\S+)(?P<version>.*)$", re.MULTILINE)
FROM = re.compile(r"^FROM\s+(?:--\S+\s+)*(?P<image>\S+)", re.MULTILINE | re.IGNORECASE)


def actions() -> list[tuple[str, str]]:
    return [
        (each["action"], each["version"]) for path in WORKFLOWS for each in USES.finditer(path.read_text())
    ]


def images() -> list[tuple[Path, str]]:
    return [(path, each["image"]) for path in DOCKERFILES for each in FROM.finditer(path.read_text())]


def dependabot() -> list[dict[str, Any]]:
    declared = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())
    updates: list[dict[str, Any]] = declared["updates"]
    return updates


def test_there_are_actions_and_images_to_look_at() -> None:
    assert len(actions()) >= 4
    assert len(images()) >= 1


@pytest.mark.parametrize(("action", "version"), actions())
def test_an_action_is_a_commit_with_its_version_beside_it(action: str, version: str) -> None:
    assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action)
    assert re.fullmatch(r"\s+# v\d+\.\d+\.\d+", version)


@pytest.mark.parametrize(("path", "image"), images())
def test_an_image_is_a_digest_with_its_whole_version_beside_it(path: Path, image: str) -> None:
    assert re.fullmatch(r"[\w./-]+:\d+\.\d+\.[\d.]+@sha256:[0-9a-f]{64}", image), path


def test_what_is_pinned_is_kept_fresh() -> None:
    watched = {(each["package-ecosystem"], each["directory"]) for each in dependabot()}

    folders = {f"/{path.parent.relative_to(ROOT)}" for path in DOCKERFILES}
    assert watched >= {("github-actions", "/"), *(("docker", folder) for folder in folders)}
