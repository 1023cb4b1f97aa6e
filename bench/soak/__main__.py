"""Weeks of trouble in minutes, then a look from outside: `make soak MINUTES=10 USERS=50 SEED=1`.

Exits with 1 where something was lost, doubled or never came to rest.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.figures import describe_machine
from bench.soak.outside import Counts, Outside
from bench.soak.people import introduce
from bench.soak.story import Story
from bench.soak.trouble import Trouble
from local.sweeper import sweeping
from local.world import World, running_world

_PARAMETERS = {"RejectGraceSeconds": "2"}
_VISIBILITY_SECONDS = "20"
"""What a killed function had taken comes back then: on AWS half an hour later."""
_BETWEEN_ACTS = 0.25
"""Readers keep up, or the rest would take longer than the trial."""
_BETWEEN_FAULTS, _BETWEEN_KILLS, _BETWEEN_FULL = 1.0, 4.0, 20.0
_REST_SECONDS = 600.0
_LOOK_EVERY_SECONDS = 3.0


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(describe_machine(), flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="jenji-soak-") as name,
        running_world(Path(name), parameters=_PARAMETERS, on_step=_say) as world,
        sweeping(world),
    ):
        return soak(world, minutes=asked.minutes, users=asked.users, seed=asked.seed)


def soak(world: World, *, minutes: float, users: int, seed: int) -> int:
    """Let them work so long, then wait for rest and check; returns the exit code."""
    _shorten_visibility(world)
    everybody = introduce(world, users)
    outside = Outside(world, everybody)
    story, trouble = Story(world, everybody, seed), Trouble(world, everybody, seed)
    story.begin()
    _say(f"{users} users at work for {minutes:g} minutes, seed {seed}")
    _work(story, trouble, minutes * 60)
    met = trouble.end()
    story.end()
    rested = _rest(outside)
    problems = [*(f"never came to rest: {what}" for what in outside.unrest()), *outside.problems()]
    _tell(story, trouble, outside.counts(), met, rested)
    for problem in problems:
        print(f"NOT AS IT MUST BE: {problem}")
    print(f"{len(problems)} problems" if problems else "lost 0, doubled 0")
    return 1 if problems else 0


def _tell(story: Story, trouble: Trouble, counts: Counts, met: int, rested: float) -> None:
    print(f"{story.acts.total()} acts: {_by_count(story.acts)}")
    print(f"{met} calls of Dropbox and notifications met a fault")
    print(f"{trouble.killed.total()} functions killed: {_by_count(trouble.killed)}")
    print(f"{story.unanswered.total()} calls of the API not answered: {_by_count(story.unanswered)}")
    print(f"{counts.dropped} documents dropped: {_by_count(counts.recorded)}; {counts.delivered} delivered")
    print(f"the longest wait of a file: {counts.longest_wait:.0f} s; at rest after {rested:.0f} s more")


def _by_count(counted: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counted.most_common()) or "none"


def _work(story: Story, trouble: Trouble, seconds: float) -> None:
    began = time.monotonic()
    due = {trouble.arm: _BETWEEN_FAULTS, trouble.kill: _BETWEEN_KILLS, trouble.fill_up: _BETWEEN_FULL}
    next_at = dict.fromkeys(due, began)
    while time.monotonic() - began < seconds:
        for act, every in due.items():
            if time.monotonic() >= next_at[act]:
                act()
                next_at[act] = time.monotonic() + every
        story.go_on()
        time.sleep(_BETWEEN_ACTS)


def _rest(outside: Outside) -> float:
    """Seconds until nothing was left to do, or as long as anybody waits for that."""
    began = time.monotonic()
    while (left := outside.unrest()) and time.monotonic() - began < _REST_SECONDS:
        _say(f"left: {', '.join(left)}")
        time.sleep(_LOOK_EVERY_SECONDS)
    return time.monotonic() - began


def _shorten_visibility(world: World) -> None:
    queues = world.aws.client("sqs")
    deployment = world.deployment
    for url in (deployment.import_queue_url, deployment.sync_queue_url, deployment.reading_queue_url):
        queues.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": _VISIBILITY_SECONDS})


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
