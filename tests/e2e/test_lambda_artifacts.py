"""What is deployed runs on Lambda's own machines: arm64, and the C library of Amazon Linux 2023."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from local.artifacts import LAMBDA_PYTHON, MAX_UNZIPPED_BYTES, Target, build_artifact
from local.template import functions_of, load_template

FUNCTIONS = sorted(functions_of(load_template()).values())
# https://docs.aws.amazon.com/linux/al2023/ug/compare-with-al2.html
NEWEST_GLIBC = (2, 34)
_ELF = b"\x7fELF"
_AARCH64 = 183
_MACHINE = slice(18, 20)

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(sys.version_info[:2] != LAMBDA_PYTHON, reason="Lambda's Python compiles it"),
]


@pytest.fixture(scope="module", params=FUNCTIONS)
def artifact(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A function's artifact as `make build` makes it."""
    folder = tmp_path_factory.mktemp(request.param)
    build_artifact(request.param, folder, Target.LAMBDA)
    return folder


def native_code(artifact: Path) -> dict[str, bytes]:
    """Every file that is machine code, whatever its name."""
    contents = {
        str(file.relative_to(artifact)): file.read_bytes() for file in artifact.rglob("*") if file.is_file()
    }
    return {name: content for name, content in contents.items() if content.startswith(_ELF)}


def glibc_wanted_by(content: bytes) -> tuple[int, int]:
    """The newest version of the C library that one of its symbols asks for."""
    versions = re.findall(rb"GLIBC_(\d+)\.(\d+)", content)
    return max(((int(major), int(minor)) for major, minor in versions), default=(0, 0))


def test_native_code_is_for_arm64_and_asks_for_no_newer_c_library_than_there_is(artifact: Path) -> None:
    code = native_code(artifact)

    machines = {name: int.from_bytes(content[_MACHINE], "little") for name, content in code.items()}

    assert code or not artifact.name.startswith(("auto_import", "document_reading"))
    assert machines == dict.fromkeys(code, _AARCH64)
    too_new = {name for name, content in code.items() if glibc_wanted_by(content) > NEWEST_GLIBC}
    assert too_new == set()


def test_an_artifact_leaves_room_within_lambdas_limit(artifact: Path) -> None:
    size = sum(file.stat().st_size for file in artifact.rglob("*") if file.is_file())

    assert size < 0.6 * MAX_UNZIPPED_BYTES
