"""Calls of `/2/…`: every argument, result and error goes through the Stone types of the installed SDK."""

import asyncio
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

from aiohttp import web
from dropbox import auth, common
from stone.backends.python_rsrc.stone_validators import ValidationError, Void

from local.dropbox_emulator.api import routes  # noqa: F401 - importing it registers the implementations
from local.dropbox_emulator.api.answers import (
    ContentResponse,
    error_answer,
    json_answer,
    rate_limited,
    text_answer,
)
from local.dropbox_emulator.api.cost_model import Costs
from local.dropbox_emulator.api.path_root import asks_for_team_space
from local.dropbox_emulator.api.registry import (
    APP_IMPLEMENTATIONS,
    COMMITTING,
    IMPLEMENTATIONS,
    OPEN_IMPLEMENTATIONS,
    Caller,
    Download,
)
from local.dropbox_emulator.api.route_table import Route, all_routes
from local.dropbox_emulator.api.service import DropboxService
from local.dropbox_emulator.core import stone_json
from local.dropbox_emulator.core.contents import CHUNK, Content, ContentStore
from local.dropbox_emulator.core.refusals import (
    AuthRefused,
    BadRequest,
    PathRootRefused,
    RouteRefused,
    TooMany,
)
from local.dropbox_emulator.oauth.credentials import check_app, check_bearer

# https://www.dropbox.com/developers/documentation/http/documentation#formats; the last one saves browsers
# a pre-flight request.
_CORS_HACK = "text/plain; charset=dropbox-cors-hack"
_CONTENT_TYPES = {
    "rpc": ("application/json", "application/json; charset=utf-8", _CORS_HACK),
    "upload": ("application/octet-stream", _CORS_HACK),
    "download": (
        "",
        "text/plain",
        "text/plain; charset=utf-8",
        "application/octet-stream",
        "application/octet-stream; charset=utf-8",
    ),
}


class ApiDispatcher:
    """Answers API calls with the registered implementations, each in a thread of `executor`."""

    def __init__(self, service: DropboxService, executor: Executor, costs: Costs) -> None:
        self._service = service
        self._executor = executor
        self._costs = costs

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one call with what Dropbox would answer."""
        name = request.match_info["route"]
        route = all_routes().get(name)
        if route is None:
            return text_answer(404, f'Unknown API function: "{name}"')
        if not any(name in known for known in (IMPLEMENTATIONS, APP_IMPLEMENTATIONS, OPEN_IMPLEMENTATIONS)):
            return text_answer(501, f'The emulator does not implement "{name}"')
        return await self._answer(route, request)

    async def _answer(self, route: Route, request: web.Request) -> web.StreamResponse:
        try:
            return await self._call(route, request)
        except AuthRefused as refused:
            return error_answer(401, auth.AuthError_validator, refused.error)
        except PathRootRefused as refused:
            return error_answer(422, common.PathRootError_validator, refused.error)
        except RouteRefused as refused:
            return error_answer(409, route.error_type, refused.error, refused.user_message)
        except TooMany as refused:
            return rate_limited(refused.reason)
        except BadRequest as refused:
            return text_answer(400, f'Error in call to API function "{route.name}": {refused}')

    async def _call(self, route: Route, request: web.Request) -> web.StreamResponse:
        if request.method != "POST" and route.style != "download":
            raise BadRequest(f"Bad HTTP method: {request.method}. Expecting POST.")
        if route.name in OPEN_IMPLEMENTATIONS:
            result = await OPEN_IMPLEMENTATIONS[route.name](
                self._service, await _read_argument(route, request)
            )
            return json_answer(200, stone_json.encode(route.result_type, result))
        authorization = request.headers.get("Authorization") or request.query.get("authorization")
        if route.name in APP_IMPLEMENTATIONS:
            app = check_app(authorization, self._service.apps)
            result = APP_IMPLEMENTATIONS[route.name](app, await _read_argument(route, request))
            return json_answer(200, stone_json.encode(route.result_type, result))
        return await self._call_of_user(route, request, authorization)

    async def _call_of_user(
        self, route: Route, request: web.Request, authorization: str | None
    ) -> web.StreamResponse:
        check_bearer(authorization)
        caller = self._service.admit(self._service.token_of(authorization), route.scope, None)
        self._costs.count_call(caller.account.id)
        if asks_for_team_space(request.headers.get("Dropbox-API-Path-Root"), caller.account):
            view = self._service.view(caller.account, caller.app_key, in_team_space=True)
            caller = replace(caller, view=view)
        arg = await _read_argument(route, request)
        if route.style == "upload":
            caller = replace(caller, body=await _receive(request, self._service.contents))
        if route.name not in COMMITTING:
            return await self._run(route, caller, arg)
        async with self._costs.committing(caller.account.id, arg):
            return await self._run(route, caller, arg)

    async def _run(self, route: Route, caller: Caller, arg: Any) -> web.StreamResponse:  # noqa: ANN401 - a Stone value
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, _run, route, caller, arg)


def _run(route: Route, caller: Caller, arg: Any) -> web.StreamResponse:  # noqa: ANN401 - a Stone value
    result = IMPLEMENTATIONS[route.name](caller, arg)
    if isinstance(result, Download):
        return ContentResponse(result.path, stone_json.encode(route.result_type, result.result), result.rev)
    return json_answer(200, stone_json.encode(route.result_type, result))


async def _read_argument(route: Route, request: web.Request) -> Any:  # noqa: ANN401 - a Stone value
    _check_content_type(route, request)
    if route.style == "rpc":
        where, raw = "request body", await request.read()
    else:
        where, raw = _argument_outside_body(request)
    if isinstance(route.arg_type, Void) and not raw:
        return None
    try:
        return stone_json.decode(route.arg_type, raw.decode())
    except UnicodeDecodeError as error:
        raise BadRequest(f"{where}: could not decode input as UTF-8") from error
    except ValidationError as error:
        raise BadRequest(f"{where}: {error}") from error


def _check_content_type(route: Route, request: web.Request) -> None:
    given = request.headers.get("Content-Type", "")
    expected = _CONTENT_TYPES[route.style]
    if not given and isinstance(route.arg_type, Void):
        return
    if given.lower().replace(" ", "") not in {each.replace(" ", "") for each in expected}:
        choices = ", ".join(f'"{each}"' for each in expected if each)
        raise BadRequest(f'Bad HTTP "Content-Type" header: "{given}". Expecting one of {choices}.')


def _argument_outside_body(request: web.Request) -> tuple[str, bytes]:
    header = request.headers.get("Dropbox-API-Arg")
    if header is not None:
        # The documentation asks for \uXXXX escapes; clients such as rclone send UTF-8 and are understood.
        return 'HTTP header "Dropbox-API-Arg"', header.encode("utf-8", "surrogateescape")
    if "arg" in request.query:
        return 'URL parameter "arg"', request.query["arg"].encode("utf-8", "surrogateescape")
    raise BadRequest('Must provide HTTP header "Dropbox-API-Arg" or URL parameter "arg".')


async def _receive(request: web.Request, contents: ContentStore) -> Content:
    staged = contents.stage()
    try:
        async for chunk in request.content.iter_chunked(CHUNK):
            staged.write(chunk)
        return staged.keep()
    finally:
        staged.discard()
