"""The commands of a page of docs/, one by one, as somebody reads them off it and types them at a terminal."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_BLOCKS_AND_HEADINGS = re.compile(r"^```(\w*)\n(.*?)^```$|^#+ ([^\n]+)$", re.MULTILINE | re.DOTALL)
_ASSIGNMENT = re.compile(r"^[A-Z_]+=\S")
_SETTING = re.compile(r"^(export |\w+\(\) \{)")
_PROGRAMS = ("aws ", "curl ", "echo ", "make ", "docker ")
_PLACEHOLDER = re.compile(r"<([A-Za-z0-9][^<>\n]*)>")
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Typed:
    """One command of a page. `before` is what the lines above it in its block have set."""

    section: str
    text: str
    before: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.section}: {self.text[:60]}"

    @property
    def placeholders(self) -> list[str]:
        """What is to be put into it, `stack` of `<stack>`."""
        return sorted(set(_PLACEHOLDER.findall(self._script)))

    def filled(self, values: Mapping[str, str]) -> str:
        """The script that somebody types. Raises KeyError for a placeholder without a value."""
        return _PLACEHOLDER.sub(lambda found: values[found[1]], self._script)

    @property
    def _script(self) -> str:
        return "\n".join([*self.before, self.text])


def typed_commands(page: Path) -> list[Typed]:
    """Those of its blocks, in order, without comments. What only sets something is typed before others."""
    found: list[Typed] = []
    for section, block in _blocks(page.read_text(encoding="utf-8")):
        before: list[str] = []
        for text in _statements(block):
            if _ASSIGNMENT.match(text) or _SETTING.match(text):
                before.append(text)
            elif text.startswith(_PROGRAMS):
                found.append(Typed(section, text, tuple(before)))
    return found


def settings_in(page: Path, section: str) -> str:
    """What the blocks of a section set for all that is typed afterwards."""
    blocks = [block for found, block in _blocks(page.read_text(encoding="utf-8")) if found == section]
    return "\n".join(text for block in blocks for text in _statements(block))


def type_in(script: str, home: Path) -> str:
    """What the terminal prints. Raises AssertionError with what went wrong."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=home,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "USER": "operator"},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each block of commands, and the heading that it stands below."""
    section = ""
    for language, block, heading in _BLOCKS_AND_HEADINGS.findall(text):
        if heading:
            section = heading
        elif language in ("", "sh"):
            yield section, block


def _statements(block: str) -> Iterator[str]:
    """A line each, but for those that go on; a comment behind one is no part of it."""
    typed = ""
    for line in block.replace("\\\n", " ").splitlines():
        if not typed and (line.startswith("#") or not line.strip()):
            continue
        typed = f"{typed}\n{line}" if typed else re.sub(r"\s{2,}#.*$", "", line)
        if _is_whole(typed):
            yield typed
            typed = ""


def _is_whole(typed: str) -> bool:
    try:
        shlex.split(typed)
    except ValueError:
        return False
    return True
