"""What import-linter cannot say: which packages the product and its domain must never import."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = sorted(path for room in ("functions", "shared", "local") for path in (ROOT / room).rglob("*.py"))
DOMAIN = sorted((ROOT / "shared/domain").rglob("*.py"))


def imported_by(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: path.stem)
def test_the_domain_imports_the_standard_library_alone(path):
    foreign = {
        name
        for name in imported_by(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("shared.domain")
    }

    assert foreign == set()


def test_the_product_never_imports_what_only_tests_use():
    offences = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in PRODUCT
        for name in imported_by(path)
        if name.split(".")[0] in {"testing", "tests", "bench"}
    }

    assert len(PRODUCT) > 300
    assert offences == set()
