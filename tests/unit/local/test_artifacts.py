"""An artifact describes the AWS services that its code talks to, and no other of some four hundred."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import botocore
import pytest
from botocore.regions import EndpointResolver

from local.artifacts import AWS_SERVICES, keep_our_services
from local.template import ROOT


def test_every_service_that_a_function_asks_for_is_described() -> None:
    sources = [
        path.read_text() for folder in ("functions", "shared") for path in (ROOT / folder).rglob("*.py")
    ]

    asked_for = {
        name for source in sources for name in re.findall(r"\bmake_client\(\s*\"([a-z0-9-]+)\"", source)
    }

    assert asked_for >= {"kms", "s3", "sqs"}
    assert asked_for <= AWS_SERVICES


@pytest.mark.parametrize("region", ["eu-west-1", "us-gov-west-1", "cn-north-1", "xx-unknown-1"])
def test_what_is_kept_of_the_endpoints_says_the_same_of_our_services(tmp_path: Path, region: str) -> None:
    whole = Path(botocore.__file__).parent / "data" / "endpoints.json"
    shutil.copy(whole, tmp_path)
    (tmp_path / "ec2").mkdir()

    keep_our_services(tmp_path)

    kept = tmp_path / "endpoints.json"
    assert [path.name for path in tmp_path.iterdir()] == ["endpoints.json"]
    assert kept.stat().st_size < 0.1 * whole.stat().st_size
    resolvers = [EndpointResolver(json.loads(file.read_text())) for file in (whole, kept)]
    for service in AWS_SERVICES:
        before, after = (resolver.construct_endpoint(service, region) for resolver in resolvers)
        assert after == before


def test_what_an_artifact_is_linked_with_stays_as_it_was(tmp_path: Path) -> None:
    # uv links the files of an artifact to its cache, and so to every environment on the machine.
    data, cached = tmp_path / "data", tmp_path / "cached.json"
    shutil.copy(Path(botocore.__file__).parent / "data" / "endpoints.json", cached)
    before = cached.read_bytes()
    data.mkdir()
    (data / "endpoints.json").hardlink_to(cached)

    keep_our_services(data)

    assert cached.read_bytes() == before
    assert (data / "endpoints.json").stat().st_size < len(before)
