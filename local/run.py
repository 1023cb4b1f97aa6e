"""`make run`: the whole system on this machine, and documents becoming expenses before one's eyes."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from rich.console import Console

from local.drop import drop_folder, drop_samples
from local.errors import LocalError
from local.host import ALICE
from local.import_watch import LOOK_EVERY_SECONDS, ImportWatch
from local.inbox import INBOX_PATH
from local.linking import link_dropbox
from local.only_run import only_run
from local.paths_shown import shortest
from local.processes import wait_until
from local.progress_table import ProgressTable
from local.steps import Steps
from local.sweeper import sweeping
from local.synchronising import Synchronising
from local.world import STATE, Ports, World, running_world

_AUTO_IMPORT = Path("alice/Apps/Jenji/Auto-Import")
_PARAMETERS = {"RejectGraceSeconds": "2"}
_DISK_SECONDS = 15.0
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    once: bool
    documents: Path | None
    ports: Ports


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code; every failure is one clear line."""
    console = Console(highlight=False)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _run(_parse(arguments), console)
    except LocalError as error:
        print(f"make run: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        console.print("\nStopped before the end.")
        return 130


def _parse(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(
        prog="make run", description='Runs the whole system on this machine. Pass options as ARGS="…".'
    )
    parser.add_argument("--once", action="store_true", help="record the documents, print the counts, exit")
    parser.add_argument(
        "--documents", type=Path, metavar="DIR", help="drop this folder instead of the samples"
    )
    for server in ("dropbox", "aws", "host"):
        parser.add_argument(
            f"--{server}-port", type=_port, default=0, metavar="PORT", help="default: any free port"
        )
    asked = parser.parse_args(arguments)
    if asked.documents is not None:
        _require_documents(asked.documents)
    return Options(asked.once, asked.documents, Ports(asked.aws_port, asked.dropbox_port, asked.host_port))


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"expected a port, got {text!r}")
    return int(text)


def _require_documents(directory: Path) -> None:
    if not directory.is_dir():
        raise LocalError(f"{directory} is not a directory.")
    if not any(path.is_file() for path in directory.rglob("*")):
        raise LocalError(f"{directory} holds no files.")


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _run(options: Options, console: Console) -> int:
    with ExitStack() as running:
        on_step = running.enter_context(Steps(console))
        announce = running.enter_context(only_run(STATE))
        directory = _empty_dropbox(STATE)
        world = running.enter_context(
            running_world(
                dropbox_directory=directory, ports=options.ports, parameters=_PARAMETERS, on_step=on_step
            )
        )
        announce(f"{world.host.issuer}/")
        on_step("Linking Alice's Dropbox account")
        account = world.dropbox.add_account("alice", display_name=ALICE.name)
        link_dropbox(world, ALICE, account)
        auto_import = directory / _AUTO_IMPORT
        if not wait_until(auto_import.is_dir, _DISK_SECONDS):
            raise LocalError("The directory Auto-Import did not appear.")
        synchronising = Synchronising(world, directory, on_step)
        on_step("Dropping documents")
        synchronising.drop()
        dropped = (
            drop_folder(options.documents, auto_import) if options.documents else drop_samples(auto_import)
        )
        for name in dropped.left_out:
            console.print(f"left out, as Dropbox does not synchronise it: {name}", markup=False)
        on_step.end()
        console.print()
        with sweeping(world), ProgressTable(console) as table:
            watch = ImportWatch(world, account, dropped, table)
            watch.until_recorded()
            watch.until_read()
            synchronising.accept()
            synchronising.until_delivered(table)
            if not options.once:
                with suppress(KeyboardInterrupt):
                    _say_how_to_go_on(console, world, auto_import, watch, synchronising)
                    _stay(watch, synchronising, table)
                console.print("Stopping…")
                world.ask_to_end()
        if not options.once:
            return 0
        return max(watch.verdict(console), synchronising.verdict(console))


def _empty_dropbox(state: Path) -> Path:
    """A new, empty mirror; the last one is kept as `previous`."""
    current, previous = state / "dropbox", state / "previous"
    if current.exists():
        shutil.rmtree(previous, ignore_errors=True)
        current.rename(previous)
    current.mkdir(parents=True)
    return current


def _say_how_to_go_on(
    console: Console, world: World, auto_import: Path, watch: ImportWatch, synchronising: Synchronising
) -> None:
    console.print()
    console.print(str(watch.feed.counts()), style="bold")
    console.print(synchronising.counts(), style="bold")
    console.print(f"Go on by clicking in Jenji at    [bold]{world.host.issuer}/[/bold]")
    console.print(f"Read what Jenji would mail at    {world.host.issuer}{INBOX_PATH}")
    console.print(f"Drop documents of your own into  {shortest(auto_import)}", markup=False)
    console.print(f"See where they are filed in      {shortest(auto_import.parent)}", markup=False)
    console.print(f"See the company's documents in   {shortest(synchronising.tree)}", markup=False)
    console.print(f"Ask the page's API at            {world.deployment.api_url}", soft_wrap=True)
    console.print(f"Ask AWS, or Dropbox, at          {world.aws.endpoint_url}, {world.dropbox.url}")
    console.print("Ctrl-C stops everything.")
    console.print()


def _stay(watch: ImportWatch, synchronising: Synchronising, table: ProgressTable) -> None:
    """Show what becomes of everything dropped and accepted from now on, until Ctrl-C."""
    while True:
        synchronising.look(table)
        watch.look_at_readings()
        watch.look("Ctrl-C stops everything")
        time.sleep(LOOK_EVERY_SECONDS)


def _leave(code: int) -> NoReturn:
    """End at once: all is closed, and to take apart what is in memory takes seconds on a busy machine."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _leave(main())
