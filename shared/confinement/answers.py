"""An answer that a worker has given: read as what a stranger may have put into its mouth."""

from __future__ import annotations

import json
from typing import Any, NoReturn


class NotAnAnswer(Exception):
    """It is nothing that an honest worker says."""


def answer_in(line: bytes) -> dict[str, Any]:
    """The object in a line of JSON. Raises NotAnAnswer: too deep, no numbers, no text, no object."""
    try:
        answer = json.loads(line, parse_constant=_refuse)
        # Halves of surrogate pairs are text that no store and no log takes.
        json.dumps(answer, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise NotAnAnswer from error
    if not isinstance(answer, dict):
        raise NotAnAnswer
    return answer


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
