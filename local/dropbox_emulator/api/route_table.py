"""Every route of Dropbox's API as the installed SDK declares it: types, style and required scope."""

import re
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import dropbox.base
import dropbox.base_team
from dropbox import auth, check, files, users

_SCOPE = re.compile(r"^\s*scope: (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Route:
    """A route. `name` is as in its URL, such as ``files/move_batch_v2``; the types are Stone validators."""

    name: str
    style: str
    auth: tuple[str, ...]
    scope: str | None
    arg_type: Any
    result_type: Any
    error_type: Any


@cache
def all_routes() -> dict[str, Route]:
    """Every route of the user API by name, with those this emulator does not implement."""
    return {
        route.name: route
        for module in _namespaces()
        for stone_route in module.ROUTES.values()
        for route in (_read(module.__name__.rpartition(".")[2], stone_route),)
    }


def _namespaces() -> list[ModuleType]:
    modules = {auth, check, files, users}
    for source in (dropbox.base, dropbox.base_team):
        modules |= {value for value in vars(source).values() if hasattr(value, "ROUTES")}
    return sorted(modules, key=lambda module: str(module.__name__))


def _read(namespace: str, route: Any) -> Route:  # noqa: ANN401 - Stone's routes are untyped
    version = f"_v{route.version}" if route.version > 1 else ""
    name = f"{namespace}/{route.name}{version}"
    return Route(
        name=name,
        style=route.attrs["style"],
        auth=tuple(kind.strip() for kind in route.attrs["auth"].split(",")),
        scope=_scope_of(name),
        arg_type=route.arg_type,
        result_type=route.result_type,
        error_type=route.error_type,
    )


def _scope_of(name: str) -> str | None:
    """The scope, which the SDK keeps nowhere but in its docstrings."""
    method_name = name.replace("/", "_")
    for client in (dropbox.base.DropboxBase, dropbox.base_team.DropboxTeamBase):
        documentation = getattr(getattr(client, method_name, None), "__doc__", None) or ""
        if match := _SCOPE.search(documentation):
            return match.group(1)
    return None
