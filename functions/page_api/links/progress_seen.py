"""What a page has seen of a batch's progress, as it keeps it between two questions: nothing is stored for it.

It is not signed: a made-up one leads its own user to a wrong estimate, and nobody else to anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from functions.page_api.cursors import from_cursor, to_cursor
from shared.domain.batch_estimates import MOST_SAMPLES, Sample
from shared.domain.errors import RequestRefused

_SAMPLE = re.compile(r"(\d{1,9})\.(\d{1,7})\.(\d{1,7})")
_BEGIN = re.compile(r"\d{1,11}")
_TENTH = timedelta(milliseconds=100)


def to_progress(user_id: str, batch_id: str, samples: Sequence[Sample]) -> str:
    """The samples, of that batch and nothing else."""
    begin = int(samples[0].at.timestamp())
    tenths = [int((sample.at - _instant(begin)) / _TENTH) for sample in samples]
    numbers = (f"{at}.{each.recorded}.{each.read}" for at, each in zip(tenths, samples, strict=True))
    return to_cursor(_list_of(user_id, batch_id), f"{begin} {' '.join(numbers)}")


def samples_in(user_id: str, batch_id: str, progress: str | None, now: datetime) -> tuple[Sample, ...]:
    """The inverse; none where it is of another batch, of another release, or of a time to come."""
    if progress is None:
        return ()
    try:
        begin, *numbers = from_cursor(_list_of(user_id, batch_id), progress).split(" ")
    except RequestRefused:
        return ()
    matches = [_SAMPLE.fullmatch(each) for each in numbers]
    if not _BEGIN.fullmatch(begin) or len(matches) > MOST_SAMPLES:
        return ()
    samples = tuple(_sample(int(begin), match) for match in matches if match)
    in_order = all(earlier.at <= later.at for earlier, later in pairwise(samples))
    is_ours = bool(samples) and len(samples) == len(matches) and in_order and samples[-1].at <= now
    return samples if is_ours else ()


def _sample(begin: int, match: re.Match[str]) -> Sample:
    tenths, recorded, read = map(int, match.groups())
    return Sample(_instant(begin) + tenths * _TENTH, recorded, read)


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _list_of(user_id: str, batch_id: str) -> tuple[str, ...]:
    return "progress", user_id, batch_id
