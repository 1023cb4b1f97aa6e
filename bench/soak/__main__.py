"""Weeks of trouble in minutes, then a look from outside: `make soak MINUTES=10 USERS=50 SEED=1`.

Exits with 1 where something was lost, doubled or never came to rest.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.figures import describe_machine
from bench.soak.ceiling import Ceiling, ceiling
from bench.soak.memory import EVERY_SECONDS, Watch
from bench.soak.outside import Counts, Outside
from bench.soak.people import introduce
from bench.soak.rest import Rest
from bench.soak.story import Story
from bench.soak.trouble import Trouble
from local.repeated import Repeated
from local.sweeper import sweeping
from local.world import World, running_world

_PARAMETERS = {"RejectGraceSeconds": "2"}
_VISIBILITY_SECONDS = "20"
"""What a function had taken that died before it could hold it comes back then: on AWS half an hour later."""
_BETWEEN_ACTS = 0.25
"""Readers keep up, or the rest would take longer than the trial."""
_BETWEEN_TROUBLE = 0.25
_AT_ONCE = 3
"""People who act at the same time."""
_SHARE_TO_LOOK = 0.1
"""Of the most that all of it may take: the rest has to come before."""


def most_seconds(minutes: float) -> float:
    """How long all of it may take: see the README of benchmarks."""
    return max(8.0, 2 * minutes + 2) * 60


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--picture", type=Path, help="where to draw the memory of functions, as SVG")
    asked = parser.parse_args()
    print(describe_machine(), flush=True)
    ends = time.monotonic() + most_seconds(asked.minutes)
    with (
        ceiling(most_seconds(asked.minutes), _say) as over,
        tempfile.TemporaryDirectory(prefix="jenji-soak-") as name,
        running_world(Path(name), parameters=_PARAMETERS, on_step=_say) as world,
        sweeping(world),
    ):
        trial = Trial(minutes=asked.minutes, users=asked.users, seed=asked.seed, ends=ends)
        return soak(world, trial, over, asked.picture)


@dataclass(frozen=True, slots=True)
class Trial:
    """What is asked for. There has to be rest before it `ends`, by the monotonic clock."""

    minutes: float
    users: int
    seed: int
    ends: float


def soak(world: World, trial: Trial, over: Ceiling, picture: Path | None = None) -> int:
    """Let them work so long, then wait for rest and check; returns the exit code."""
    _shorten_visibility(world)
    everybody = introduce(world, trial.users)
    outside, rest, watch = Outside(world, everybody), Rest(world, everybody), Watch()
    stories = [Story(world, everybody, trial.seed, part=part, parts=_AT_ONCE) for part in range(_AT_ONCE)]
    trouble = Trouble(world, everybody, trial.seed)
    with Repeated("memory", watch.look, EVERY_SECONDS), ThreadPoolExecutor(_AT_ONCE) as at_once:
        over.begin(f"linking {trial.users} users")
        list(at_once.map(Story.begin, stories))
        over.begin(f"at work for {trial.minutes:g} minutes, seed {trial.seed}")
        with Repeated("trouble", trouble.go_on, _BETWEEN_TROUBLE):
            list(at_once.map(partial(_work, until=time.monotonic() + trial.minutes * 60), stories))
        met = trouble.end()
        over.begin("putting back and linking what was unlinked")
        list(at_once.map(Story.end, stories))
        over.begin("waiting for rest")
        began = time.monotonic()
        rest.wait(trial.ends - _SHARE_TO_LOOK * most_seconds(trial.minutes), _say)
        rested = time.monotonic() - began
    over.begin("looking from outside")
    problems = [*(f"never came to rest: {what}" for what in rest.in_words()), *outside.problems()]
    _tell(stories, trouble, outside.counts(), met, rested)
    _show(watch, picture)
    for problem in problems:
        print(f"NOT AS IT MUST BE: {problem}")
    print(f"{len(problems)} problems" if problems else "lost 0, doubled 0")
    return 1 if problems else 0


def _tell(stories: Sequence[Story], trouble: Trouble, counts: Counts, met: int, rested: float) -> None:
    acts, unanswered = (
        sum(each, Counter[str]()) for each in zip(*((s.acts, s.unanswered) for s in stories), strict=True)
    )
    print(f"{acts.total()} acts: {_by_count(acts)}")
    print(f"{met} calls of Dropbox and notifications met a fault")
    print(f"{trouble.killed.total()} functions killed: {_by_count(trouble.killed)}")
    print(f"{unanswered.total()} calls of the API not answered: {_by_count(unanswered)}")
    ends = f"{_by_count(counts.recorded)}; {counts.delivered} delivered"
    print(f"{counts.dropped} different documents dropped: {ends}")
    print(f"the longest wait of a file: {counts.longest_wait:.0f} s; at rest after {rested:.0f} s more")


def _show(watch: Watch, picture: Path | None) -> None:
    print(f"\n{watch.as_table().as_markdown()}")
    if picture is not None:
        picture.write_text(watch.as_picture(), encoding="utf-8")


def _by_count(counted: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counted.most_common()) or "none"


def _work(story: Story, until: float) -> None:
    while time.monotonic() < until:
        story.go_on()
        time.sleep(_BETWEEN_ACTS)


def _shorten_visibility(world: World) -> None:
    queues = world.aws.client("sqs")
    deployment = world.deployment
    for url in (deployment.import_queue_url, deployment.sync_queue_url, deployment.reading_queue_url):
        queues.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": _VISIBILITY_SECONDS})


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
