"""The product's frames between a doorbell and the first call of Dropbox."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

import pytest


class Reached(Exception):
    """The call was made."""


def stop(*_args: object, **_kwargs: object) -> None:
    raise Reached


def frames_to(answer: Callable[[], object]) -> list[str]:
    """The names of the frames, the handler's and the record loop's, which worlds do without, first."""
    with pytest.raises(Reached) as reached:
        answer()
    product = [frame.name for frame in traceback.extract_tb(reached.tb) if _is_product(frame.filename)]
    return ["lambda_handler", "__call__", *product]


def _is_product(filename: str) -> bool:
    parts = Path(filename).parts
    return "tests" not in parts and ("functions" in parts or "shared" in parts)
