"""Each artifact imports with nothing but itself and the standard library on the path."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from local.build import build_function
from local.template import functions_of, load_template
from local.world import STATE

TEMPLATE = load_template()
HANDLERS = {
    folder: TEMPLATE["Resources"][logical_id]["Properties"]["Handler"].rpartition(".")
    for logical_id, folder in functions_of(TEMPLATE).items()
}


@pytest.mark.parametrize("function", HANDLERS)
def test_an_artifact_lacks_nothing(function: str, tmp_path: Path) -> None:
    module, _, handler = HANDLERS[function]
    built = build_function(function, STATE / "build")
    with zipfile.ZipFile(built.code) as code:
        code.extractall(tmp_path)
    path = [str(tmp_path), str(built.packages.resolve())]
    script = f"import sys; sys.path[:0] = {path}; import {module} as m; m.{handler}"

    imported = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "ignore", "-c", script],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert imported.returncode == 0, imported.stderr


@pytest.mark.parametrize("function", HANDLERS)
def test_an_artifact_holds_its_own_folder_and_shared_compiled_and_no_other(function: str) -> None:
    with zipfile.ZipFile(build_function(function, STATE / "build").code) as code:
        names = code.namelist()

    ours = {name.split("/")[1] for name in names if name.startswith("functions/") and name.count("/") > 1}
    assert ours - {"__pycache__"} == {function}
    assert not [name for name in names if name.startswith(("tests/", "docs/", "local/"))]
    compiled = {name for name in names if name.endswith(".pyc")}
    sources = [name for name in names if name.startswith(("functions/", "shared/")) and name.endswith(".py")]
    tag = sys.implementation.cache_tag
    for source in sources:
        folder, _, file = source.rpartition("/")
        assert f"{folder}/__pycache__/{file.removesuffix('.py')}.{tag}.pyc" in compiled
