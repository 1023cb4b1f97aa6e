"""The endpoint for tests in other languages and for people with curl: faults, costs, calls, accounts."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from dropbox import files
from stone.backends.python_rsrc.stone_validators import ValidationError

from local.dropbox_emulator.api.calls import CallLog
from local.dropbox_emulator.api.cost_model import CostModel, Costs
from local.dropbox_emulator.api.service import DropboxService
from local.dropbox_emulator.core import stone_json
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.refusals import LookupRefused, WriteRefused
from local.dropbox_emulator.faults import json_dataclasses
from local.dropbox_emulator.faults.fault import Faults
from local.dropbox_emulator.faults.fault_json import read_fault, write_armed

PREFIX = "/_emulator/"
Answer = Callable[[web.Request], Awaitable[object]]


class Admin:
    """Answers `/_emulator/…` in JSON, to callers on this machine that are no web pages."""

    def __init__(self, service: DropboxService, calls: CallLog, faults: Faults, costs: Costs) -> None:
        self._service = service
        self._calls = calls
        self._faults = faults
        self._costs = costs

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Register every path."""
        for method, path, answer in (
            ("GET", "faults", self._list_faults),
            ("POST", "faults", self._add_fault),
            ("DELETE", "faults", self._clear_faults),
            ("DELETE", "faults/{id:[0-9]+}", self._remove_fault),
            ("GET", "costs", self._show_costs),
            ("PUT", "costs", self._set_costs),
            ("GET", "calls", self._count_calls),
            ("DELETE", "calls", self._clear_calls),
            ("GET", "accounts", self._list_accounts),
            ("PATCH", "accounts/{name}", self._change_account),
            ("POST", "accounts/{name}/relocation-errors", self._refuse_relocation),
            ("DELETE", "accounts/{name}/relocation-errors", self._allow_relocations),
            ("POST", "accounts/{name}/commit-errors", self._refuse_commit),
            ("DELETE", "accounts/{name}/commit-errors", self._allow_commits),
            ("POST", "accounts/{name}/{action}", self._act_on_account),
        ):
            router.add_route(method, PREFIX + path, _in_json(answer))

    async def _list_faults(self, _request: web.Request) -> object:
        return [write_armed(each) for each in self._faults.all()]

    async def _add_fault(self, request: web.Request) -> object:
        return write_armed(self._faults.add(read_fault(await _read(request))))

    async def _clear_faults(self, _request: web.Request) -> object:
        self._faults.clear()
        return {}

    async def _remove_fault(self, request: web.Request) -> object:
        self._faults.remove(int(request.match_info["id"]))
        return {}

    async def _show_costs(self, _request: web.Request) -> object:
        return json_dataclasses.write(self._costs.model)

    async def _set_costs(self, request: web.Request) -> object:
        self._costs.model = json_dataclasses.read(CostModel, await _read(request))
        return json_dataclasses.write(self._costs.model)

    async def _count_calls(self, request: web.Request) -> object:
        records = self._calls.records(request.query.get("route"), request.query.get("account"))
        return {
            "calls": len(records),
            "routes": Counter(record.route for record in records),
            "statuses": Counter(str(record.status) for record in records),
        }

    async def _clear_calls(self, _request: web.Request) -> object:
        self._calls.clear()
        return {}

    async def _list_accounts(self, _request: web.Request) -> object:
        return [_describe(account) for account in self._service.accounts.values()]

    async def _change_account(self, request: web.Request) -> object:
        account, changes = self._account(request), await _read(request)
        kinds = {"quota": int, "is_suspended": bool, "is_kept_out_of_team_space": bool}
        if not isinstance(changes, dict) or not all(
            type(value) is kinds.get(name) for name, value in changes.items()
        ):
            raise ValueError(f"expected an object of {', '.join(kinds)}: bytes, or true or false")
        for name, value in changes.items():
            setattr(account, name, value)
        return _describe(account)

    async def _act_on_account(self, request: web.Request) -> object:
        account = self._account(request)
        match request.match_info["action"]:
            case "expire-tokens":
                self._service.authorizations.expire_access_tokens(account.id)
            case "revoke-tokens":
                self._service.authorizations.revoke(account.id, request.query.get("app"))
            case "reset-cursors":
                account.reset_cursors()
            case "change-root":
                account.change_root()
            case _:
                raise KeyError(request.path)
        return _describe(account)

    async def _refuse_relocation(self, request: web.Request) -> object:
        match await _read(request):
            case {"path": str(path), "error": dict(error)}:
                refusal = stone_json.decode_object(files.RelocationError_validator, error)
                self._account(request).refuse_relocation(path, refusal)
            case _:
                raise ValueError("expected an object of path and error, a RelocationError")
        return {}

    async def _allow_relocations(self, request: web.Request) -> object:
        self._account(request).allow_relocations()
        return {}

    async def _refuse_commit(self, request: web.Request) -> object:
        match await _read(request):
            case {"path": str(path), "error": dict(error)}:
                refusal = stone_json.decode_object(files.WriteError_validator, error)
                self._account(request).refuse_commit(path, refusal)
            case {"path": str(path)}:
                self._account(request).refuse_commit(path)
            case _:
                raise ValueError("expected an object of path and error, a WriteError; by default `other`")
        return {}

    async def _allow_commits(self, request: web.Request) -> object:
        self._account(request).allow_commits()
        return {}

    def _account(self, request: web.Request) -> Account:
        accounts = {account.name: account for account in self._service.accounts.values()}
        return accounts[request.match_info["name"]]


def _describe(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "id": account.id,
        "email": account.owner.email,
        "used": account.tree.used,
        "quota": account.quota,
        "is_suspended": account.is_suspended,
        "root_namespace": account.root_namespace,
        "home_namespace": account.home_namespace,
        "is_kept_out_of_team_space": account.is_kept_out_of_team_space,
    }


async def _read(request: web.Request) -> Any:  # noqa: ANN401 - raw JSON
    return json.loads(await request.read())


def _in_json(answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def respond(request: web.Request) -> web.Response:
        if not _is_from_here(request):
            return _error(403, "only for this machine, and for no web page")
        try:
            return web.json_response(await answer(request))
        except KeyError as unknown:
            return _error(404, f"there is no {unknown}")
        except (ValueError, ValidationError, LookupRefused, WriteRefused) as wrong:
            return _error(400, str(wrong))

    return respond


def _is_from_here(request: web.Request) -> bool:
    """A page in a browser here could call us too: it sends an Origin, or another Host by DNS rebinding."""
    host = urlsplit(f"//{request.host}").hostname
    is_local = ip_address(request.remote or "0.0.0.0").is_loopback  # noqa: S104 - no address at all
    return is_local and host in {"127.0.0.1", "localhost"} and "Origin" not in request.headers


def _error(status: int, message: str) -> web.Response:
    return web.json_response({"error": message}, status=status)
