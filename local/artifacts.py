"""Builds a function's artifact: its own folder, `shared/` and its locked dependencies, compiled.

`python -m local.artifacts LOGICAL_ID DIRECTORY` builds what is deployed (Lambda's Python 3.13 on arm64);
`--host` builds the same for the interpreter and machine at hand, to be imported or emulated here.
Two builds of one tree are byte-identical.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from enum import Enum
from pathlib import Path

from local.errors import BuildFailed
from local.template import ROOT, functions_of, load_template

LAMBDA_PYTHON = (3, 13)
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MAX_UNZIPPED_BYTES = 250 * 1024 * 1024
AWS_SERVICES = frozenset({"dynamodb", "events", "kms", "s3", "secretsmanager", "sqs", "sts", "textract"})
"""Those that functions talk to; botocore describes some four hundred, in 28 MB for each function."""
_UV = ROOT / ".venv" / "bin" / "uv"


class Target(Enum):
    """Where an artifact runs."""

    LAMBDA = "lambda"
    HOST = "host"


def build_artifact(function: str, directory: Path, target: Target) -> None:
    """Build the artifact of `functions/<function>` into `directory`. Raises BuildFailed."""
    if target is Target.LAMBDA and sys.version_info[:2] != LAMBDA_PYTHON:
        raise BuildFailed(
            "The artifacts are compiled for Lambda by Python 3.13: run 'make PYTHON=python3.13 dev'."
        )
    install_dependencies(function, directory, target)
    add_own_code(function, directory)
    compile_bytecode(directory)
    _check_size(function, directory)


def install_dependencies(function: str, directory: Path, target: Target) -> None:
    """Install exactly what `requirements/<function>.txt` locks. Raises BuildFailed."""
    platform = {
        # Older manylinux tags would silently choose old versions of the image libraries.
        Target.LAMBDA: ["--python-version", "3.13", "--python-platform", "aarch64-manylinux_2_28"],
        Target.HOST: ["--python", sys.executable],
    }[target]
    locked = ROOT / "requirements" / f"{function}.txt"
    options = ["--quiet", "--no-config", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    _run(str(_UV), "pip", "install", *options, *platform, "--target", str(directory), "-r", str(locked))
    # Scripts name the building interpreter's path, and so do the records that list their hashes.
    shutil.rmtree(directory / "bin", ignore_errors=True)
    (directory / ".lock").unlink(missing_ok=True)
    for record in directory.glob("*.dist-info/RECORD"):
        record.unlink()
    if (data := directory / "botocore" / "data").is_dir():
        keep_our_services(data)


def keep_our_services(data: Path) -> None:
    """Of what botocore knows, keep our services: a cold start reads the endpoints of all that are left."""
    for service in data.glob("*/"):
        if service.name not in AWS_SERVICES:
            shutil.rmtree(service)
    file = data / "endpoints.json"
    endpoints = json.loads(file.read_text(encoding="utf-8"))
    for partition in endpoints["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in services if name in AWS_SERVICES}
    file.unlink()  # uv links files to its cache: what is written into one is written into every environment
    file.write_text(json.dumps(endpoints), encoding="utf-8")


def own_files(function: str) -> list[Path]:
    """What of this tree the function is made of, relative to it, in a fixed order."""
    folders = [ROOT / "functions" / function, ROOT / "shared"]
    modules = [module for folder in folders for module in folder.rglob("*.py")]
    return sorted(module.relative_to(ROOT) for module in [ROOT / "functions" / "__init__.py", *modules])


def add_own_code(function: str, directory: Path) -> None:
    """Copy the function's own folder and `shared/`."""
    for file in own_files(function):
        target = directory / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, target)


def compile_bytecode(directory: Path) -> None:
    """Compile every module: compiling at the first import costs a cold start seconds.

    Unchecked, since nothing in an artifact changes; without the building machine's path.
    """
    options = ["-q", "-j", "0", "--invalidation-mode", "unchecked-hash", "-s", str(directory)]
    _run(sys.executable, "-m", "compileall", *options, str(directory))


def _check_size(function: str, directory: Path) -> None:
    size = sum(file.stat().st_size for file in directory.rglob("*") if file.is_file())
    if size > MAX_UNZIPPED_BYTES:
        raise BuildFailed(
            f"The artifact of {function} has {size:,} bytes; Lambda takes {MAX_UNZIPPED_BYTES:,}."
        )


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 # our own command
    if done.returncode:
        raise BuildFailed((done.stderr or done.stdout).strip())


def main() -> int:
    """The command line."""
    functions = functions_of(load_template())
    parser = argparse.ArgumentParser(description="Build a function's artifact into a directory.")
    parser.add_argument("function", choices=functions, help="its logical id in template.yaml")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--host", action="store_true", help="for this machine instead of Lambda")
    arguments = parser.parse_args()
    target = Target.HOST if arguments.host else Target.LAMBDA
    try:
        build_artifact(functions[arguments.function], arguments.directory, target)
    except BuildFailed as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
