"""Effects that change the JSON of an answer: so it can say what the SDK's types do not know.

The call itself is carried out.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from local.dropbox_emulator.api.answers import ContentResponse
from local.dropbox_emulator.api.calls import Call, Proceed
from local.dropbox_emulator.faults.effect import World
from local.dropbox_emulator.faults.transport import body_of

_RESULT = "Dropbox-API-Result"


@dataclass(frozen=True)
class Rewritten:
    """The answer's JSON has `value` at `at`, a JSON pointer such as ``/entries/0/.tag``; ``""`` is all of it.

    ``*`` in the pointer stands for every element of a list or, with `mentions`, for those whose JSON holds
    that text and those that answer an entry, of the call or of the job it asks after, that holds it. Where
    the pointer leads nowhere the answer is left as it is.
    """

    at: str
    value: Any
    mentions: str | None = None

    async def act(self, call: Call, proceed: Proceed, world: World, /) -> web.StreamResponse:
        """Let Dropbox answer, and say something else."""
        answer = await proceed()
        result = await _read(answer)
        if result is None:
            return answer
        asked = await _entries_asked_for(call.request, world)
        for path in list(self._paths(result, self.at.split("/")[1:], asked)):
            result = _put(result, path, self.value)
        return _written(answer, result)

    def _paths(self, found: Any, names: list[str], asked: list[str]) -> Iterator[list[str | int]]:  # noqa: ANN401 - JSON
        """The ways that the pointer stands for, as keys and indices."""
        if not names:
            yield []
            return
        name, *rest = names
        for key in self._keys(found, name, asked):
            if rest and isinstance(found, dict) and key not in found:
                continue
            for path in self._paths(found[key] if rest else None, rest, asked):
                yield [key, *path]

    def _keys(self, found: Any, name: str, asked: list[str]) -> list[str | int]:  # noqa: ANN401 - JSON
        if isinstance(found, dict):
            return [name]
        if not isinstance(found, list):
            return []
        if name != "*":
            return [int(name)] if int(name) < len(found) else []
        return [index for index, element in enumerate(found) if self._is_meant(index, element, asked)]

    def _is_meant(self, index: int, element: Any, asked: list[str]) -> bool:  # noqa: ANN401 - JSON
        if self.mentions is None:
            return True
        is_asked = index < len(asked) and self.mentions in asked[index]
        return is_asked or self.mentions in json.dumps(element, ensure_ascii=False)


@dataclass(frozen=True)
class OfAnotherLength:
    """A list of the answer has so many elements more, or fewer: its last ones come again, or are missing."""

    by: int = -1
    member: str = "entries"

    async def act(self, _call: Call, proceed: Proceed, _world: World, /) -> web.StreamResponse:
        """Let Dropbox answer, and miscount."""
        answer = await proceed()
        result = await _read(answer)
        if not isinstance(result, dict) or not isinstance(result.get(self.member), list):
            return answer
        elements = result[self.member]
        result[self.member] = elements[: self.by] if self.by < 0 else elements + elements[-1:] * self.by
        return _written(answer, result)


async def _read(answer: web.StreamResponse) -> Any:  # noqa: ANN401 - JSON
    """What an answer says in JSON, in its body or in a download's header; `None` when it does not."""
    text: str | bytes = answer.headers.get(_RESULT, "")
    if not isinstance(answer, ContentResponse) and answer.content_type == "application/json":
        text = await body_of(answer)
    return json.loads(text) if text else None


def _written(answer: web.StreamResponse, result: Any) -> web.StreamResponse:  # noqa: ANN401 - JSON
    if isinstance(answer, ContentResponse):
        answer.headers[_RESULT] = json.dumps(result)
    elif isinstance(answer, web.Response):
        answer.body = json.dumps(result).encode()
    return answer


async def _entries_asked_for(request: web.Request, world: World) -> list[str]:
    """The entries of a batch call, or of that which became the job asked after, each as text."""
    raw = request.headers.get("Dropbox-API-Arg", "")
    if not raw and request.content_type == "application/json":
        raw = (await request.read()).decode("utf-8", "replace")
    try:
        argument = json.loads(raw)
    except ValueError:
        return []
    if not isinstance(argument, dict):
        return []
    entries = argument.get("entries", argument.get("paths"))
    if isinstance(entries, list):
        return [json.dumps(entry, ensure_ascii=False) for entry in entries]
    return list(world.service.jobs.asked(str(argument.get("async_job_id"))))


def _put(result: Any, path: list[str | int], value: Any) -> Any:  # noqa: ANN401 - JSON
    """The JSON with another value at a place, which may be all of it."""
    if not path:
        return value
    place = result
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return result
