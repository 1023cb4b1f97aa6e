"""`python -m bench.mutations`: how many small changes to the reader's rules its own unit tests notice.

A seeded sample of changes (a comparison turned, a number plus one, a condition left out) is made one at a
time to a copy of the project, and the reader's tests run there until one fails. What none notices is listed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parents[1]
RULES = Path("functions/document_reading/reading")
_NOT_RULES = {"lexicon", "__init__.py", "model.py"}
_COPIED = ("functions", "shared", "testing", "tests", "local", "pyproject.toml")
_TESTS = Path("tests/unit/document_reading")
_SLOW = ("test_invented_papers.py", "test_anything_on_a_page.py")
_QUICK = (
    "test_amounts.py", "test_bare_names.py", "test_boundaries.py", "test_currencies.py", "test_dates.py",
    "test_document_numbers.py", "test_e_invoices.py", "test_e_invoices_against_pages.py",
    "test_edges_of_amounts.py", "test_edges_of_dates.py", "test_edges_of_e_invoices.py",
    "test_edges_of_business_names.py", "test_edges_of_merchants.py", "test_edges_of_names.py",
    "test_edges_of_pages.py", "test_edges_of_print.py", "test_edges_of_receipt_heads.py", "test_glyphs.py",
    "test_labels_of_rows.py", "test_lexicon.py", "test_names.py", "test_pages.py", "test_parts_and_wholes.py",
    "test_places.py", "test_receipt_heads.py", "test_sections.py", "test_several_documents.py",
    "test_small_rules.py", "test_text_layers.py", "test_totals.py", "test_typed_papers.py",
    "test_what_amounts_prove.py", "test_which_evidence_wins.py",
)  # fmt: skip
"""Those that call the rules: what starts, counts and announces a reading has tests of its own."""
_NEAREST = {
    "merchant": (
        "test_names.py", "test_boundaries.py", "test_small_rules.py", "test_receipt_heads.py",
        "test_edges_of_business_names.py", "test_edges_of_merchants.py", "test_edges_of_names.py",
        "test_edges_of_receipt_heads.py", "test_bare_names.py",
    ),
    "amounts": (
        "test_totals.py", "test_parts_and_wholes.py", "test_amounts.py", "test_currencies.py",
        "test_labels_of_rows.py", "test_what_amounts_prove.py", "test_edges_of_amounts.py",
    ),
    "dates": ("test_dates.py", "test_edges_of_dates.py"),
    "e_invoice": (
        "test_e_invoices.py", "test_e_invoices_against_pages.py", "test_edges_of_e_invoices.py",
    ),
    "print": (
        "test_sections.py", "test_boundaries.py", "test_glyphs.py", "test_places.py",
        "test_edges_of_print.py", "test_text_layers.py",
    ),
    "reading": (
        "test_document_numbers.py", "test_several_documents.py", "test_which_evidence_wins.py",
        "test_edges_of_pages.py",
    ),
}  # fmt: skip
"""The tests to ask first about a room: most changes are noticed by them."""
_MOST_SECONDS = 120
"""Of the processor's time."""
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One small change, by the place of a node in its module, and what stands there before and after."""

    module: Path
    node: int
    variant: int
    line: int
    before: str
    after: str

    def applied_to(self, source: str) -> str:
        """The module with the change."""
        tree = ast.parse(source)
        _apply(list(ast.walk(tree))[self.node], self.variant)
        return ast.unparse(tree)


def main() -> int:
    """The command line; fails where fewer are noticed than asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutations", description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="how many changes are tried")
    parser.add_argument("--seed", type=int, default=1, help="another one draws other changes")
    parser.add_argument("--workers", type=int, default=2, help="changes tried at a time")
    parser.add_argument("--only", default="", help="part of the path of the modules to change")
    parser.add_argument("--quick", action="store_true", help="leave out the tests of many invented papers")
    parser.add_argument("--least", type=float, default=0.75, help="the share that must be noticed")
    chosen = parser.parse_args()
    changes = [change for change in every_change(ROOT) if chosen.only in str(change.module)]
    sample = random.Random(chosen.seed).sample(changes, min(chosen.count, len(changes)))  # noqa: S311
    unnoticed = 0
    for change, is_noticed in _tried(sample, chosen.workers, is_quick=chosen.quick):
        unnoticed += not is_noticed
        if not is_noticed:
            print(f"{change.module}:{change.line}: {change.before}  ->  {change.after}", flush=True)
    noticed = len(sample) - unnoticed
    print(f"\n{noticed} of {len(sample)} changes were noticed, out of {len(changes)} possible ones")
    return 0 if noticed >= chosen.least * len(sample) else 1


def every_change(root: Path) -> list[Change]:
    """All changes to the rules, in a fixed order."""
    modules = sorted((root / RULES).rglob("*.py"))
    chosen = (path.relative_to(root) for path in modules if _NOT_RULES.isdisjoint(path.parts))
    return [change for module in chosen for change in _changes(module, root)]


def _changes(module: Path, root: Path) -> Iterator[Change]:
    tree = ast.parse((root / module).read_text(encoding="utf-8"))
    for index, node in enumerate(ast.walk(tree)):
        for variant in range(_variants(node)):
            after = _apply(copy.deepcopy(node), variant)
            yield Change(module, index, variant, getattr(node, "lineno", 0), ast.unparse(node), after)


def _variants(node: ast.AST) -> int:
    """In how many ways a node can be changed."""
    if isinstance(node, ast.Compare):
        return len(node.ops)
    if isinstance(node, ast.BoolOp):
        return len(node.values)
    is_number = isinstance(node, ast.Constant) and type(node.value) in {int, float}
    return int(is_number or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)))


def _apply(node: ast.AST, variant: int) -> str:
    """Change the node in place, and say what it is then."""
    if isinstance(node, ast.Compare):
        node.ops[variant] = _TURNED[type(node.ops[variant])]()
    elif isinstance(node, ast.BoolOp):
        node.values[variant] = ast.Constant(isinstance(node.op, ast.And))
    elif isinstance(node, ast.UnaryOp):
        node.operand, node.op = ast.UnaryOp(ast.Not(), node.operand), ast.Not()
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        node.value += 1
    return ast.unparse(node)


def _tried(sample: list[Change], workers: int, *, is_quick: bool) -> Iterator[tuple[Change, bool]]:
    """Each change, and whether a test noticed it."""
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder, ThreadPoolExecutor(workers) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for index in range(workers):
            copies.put(_copied(Path(folder) / str(index)))
        project = Path(folder) / "0"
        if not _pass(project, _paths(_QUICK + _SLOW)):
            raise SystemExit("the tests fail without any change")

        def is_noticed(change: Change) -> bool:
            project = copies.get()
            try:
                return _is_noticed(change, project, is_quick=is_quick)
            finally:
                copies.put(project)

        for number, (change, noticed) in enumerate(zip(sample, pool.map(is_noticed, sample), strict=True)):
            print(f"\r{number + 1} of {len(sample)} ", end="", file=sys.stderr, flush=True)
            yield change, noticed


def _copied(project: Path) -> Path:
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, project / name)
    return project


def _is_noticed(change: Change, project: Path, *, is_quick: bool) -> bool:
    path = project / change.module
    original = path.read_text(encoding="utf-8")
    path.write_text(change.applied_to(original), encoding="utf-8")
    try:
        rounds = _rounds(change.module.parent.name, is_quick=is_quick)
        return not all(_pass(project, _paths(tests)) for tests in rounds)
    finally:
        path.write_text(original, encoding="utf-8")


def _rounds(room: str, *, is_quick: bool) -> list[tuple[str, ...]]:
    """The files of tests to run one after the other, until one notices."""
    nearest = _NEAREST[room]
    others = tuple(name for name in _QUICK if name not in nearest)
    return [nearest, others] if is_quick else [nearest, others, _SLOW]


def _paths(names: tuple[str, ...]) -> list[str]:
    return [str(_TESTS / name) for name in names]


def _pass(project: Path, tests: list[str]) -> bool:
    """Whether all of the tests pass; those that do not end have noticed something."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": str(project)}
    with subprocess.Popen(  # noqa: S603 - our own tests
        [*command, *tests],
        cwd=project,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
        return process.wait() == 0


if __name__ == "__main__":
    sys.exit(main())
