"""How much one user may ask in a minute, so that one in a loop slows nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.domain.errors import AwsUnavailable, TooManyRequests
from shared.domain.timestamps import Clock

WINDOW = timedelta(minutes=1)

CountRequest = Callable[[str, str, datetime], int]
"""One more request of this kind by this user in the window that begins then; how many that makes."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Of one kind of request, the most that one user may make in a minute."""

    kind: str
    most: int


# A person starts a link once; the page asks every two seconds while something is under way, in every tab.
LINKING = Limit("linking", 20)
ASKING = Limit("asking", 600)
CHANGING = Limit("changing", 120)
# Dropbox writes to a stranger for each.
SHARING = Limit("sharing", 20)
# Each lists a whole folder, once the one before has ended.
PROVING = Limit("proving", 10)


@dataclass(frozen=True, slots=True)
class CheckLimit:
    """Called with a limit and a user, before anything else is done for the request."""

    count: CountRequest
    now: Clock

    def __call__(self, limit: Limit, user_id: str) -> None:
        """Raises TooManyRequests. Where AWS does not count, nobody is refused."""
        now = self.now()
        window = datetime.fromtimestamp(now.timestamp() // 60 * 60, UTC)
        try:
            number = self.count(limit.kind, user_id, window)
        except AwsUnavailable:
            return
        if number > limit.most:
            raise TooManyRequests((window + WINDOW - now).total_seconds())
