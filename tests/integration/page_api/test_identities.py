"""Every route under every wrong identity: nothing of anybody else's is seen, and nothing is touched."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from functions.page_api import handler
from local.http_api import is_public, routes_of
from local.template import load_template
from testing.tables import TABLE_NAMES
from tests.integration.conftest import items_of
from tests.integration.page_api.conftest import (
    ALICE,
    ALICE_MARK,
    BOB,
    COMPANY_MARK,
    COMPANYS_ACCOUNT,
    REQUEST_ID,
    Claims,
    Known,
    PageApi,
)

MALLORY = ALICE | {"sub": "mallory", "company_id": "elsewhere", "role": "administrator", "name": "Mallory"}
COLLEAGUE = ALICE | {"sub": "carol", "name": "Carol"}
COLLEAGUE_IN_CHARGE = COLLEAGUE | {"role": "administrator"}
# Nothing but `administrator` is one; claims are strings.
NO_ADMINISTRATORS = [
    COLLEAGUE,
    COLLEAGUE | {"role": ""},
    COLLEAGUE | {"role": "Administrator"},
    {name: value for name, value in COLLEAGUE.items() if name != "role"},
]
NO_SESSIONS: list[Claims | None] = [
    None,
    {},
    {"sub": "alice"},
    {"company_id": "atelier"},
    ALICE | {"sub": ""},
    ALICE | {"company_id": ""},
]


Request = Callable[[Known], dict[str, Any]]
PERSONAL: dict[str, Request] = {
    "GET /links": lambda _: {},
    "DELETE /links/{purpose}": lambda _: {"path": "/links/auto_import"},
    "GET /imports/batches": lambda known: {"cursor": known.cursors["batches"]},
    "GET /imports/files": lambda known: {"cursor": known.cursors["files"]},
    "GET /imports/waiting": lambda _: {},
    "GET /imports/preview": lambda _: {"expense_id": f"expense-{ALICE_MARK}"},
    "GET /imports/receipt": lambda known: {"batch_id": known.batch_id},
    "POST /imports/retries": lambda known: {"body": {"file": known.file}},
    "POST /imports/dismissals": lambda known: {"body": {"file": known.file}},
    "POST /imports/copies": lambda known: {"body": {"file": known.file}},
    "POST /imports/splits": lambda known: {"body": {"file": known.file}},
}
PERSONAL_MORE: list[tuple[str, Request]] = [
    ("GET /imports/batches", lambda _: {}),
    ("GET /imports/files", lambda _: {}),
    ("GET /imports/files", lambda known: {"batch_id": known.batch_id}),
    ("POST /imports/retries", lambda _: {"body": {"all": True}}),
    ("POST /imports/dismissals", lambda _: {"body": {"all": True}}),
    ("GET /imports/files", lambda _: {"search": "alice"}),
]
COMPANY: dict[str, Request] = {
    "DELETE /links/{purpose}": lambda _: {"path": "/links/synchronisation"},
    "POST /links/{purpose}/takeover": lambda _: {"path": "/links/synchronisation/takeover"},
    "PUT /links/{purpose}/space": lambda _: {
        "path": "/links/synchronisation/space",
        "body": {"space": "team_space"},
    },
    "GET /deliveries": lambda known: {"cursor": known.cursors["deliveries"]},
    "POST /deliveries/retries": lambda known: {"body": {"delivery": known.delivery}},
    "GET /deliveries/again": lambda _: {},
    "POST /deliveries/again": lambda _: {"body": {"month": "2026-11"}},
    "GET /company/links": lambda _: {},
    "GET /company/months": lambda _: {},
    "GET /backfill": lambda _: {"since": "2026-01-01"},
    "POST /backfill": lambda _: {"body": {"since": "2026-01-01"}},
    "GET /filing": lambda _: {},
    "GET /filing/preview": lambda _: {"folders": "employee,year,month", "name": "date"},
    "PUT /filing": lambda _: {
        "body": {
            "folders": ["employee", "year", "month"],
            "name": ["date"],
            "months": "number",
            "version": 1,
        }
    },
    "GET /proofs": lambda _: {},
    "GET /proofs/findings": lambda _: {},
    "POST /proofs": lambda _: {"body": {"request": "prove"}},
    "GET /sharing": lambda _: {},
    "POST /sharing/looks": lambda _: {},
    "POST /sharing/changes": lambda _: {"body": {"change": "end", "folder": "all"}},
}
COMPANY_MORE: list[tuple[str, Request]] = [
    ("GET /deliveries", lambda _: {}),
    ("GET /deliveries", lambda _: {"state": "failed"}),
    ("GET /deliveries", lambda _: {"search": "jenji"}),
    ("POST /deliveries/retries", lambda _: {"body": {"all": True}}),
]
ALL_PERSONAL = [*PERSONAL.items(), *PERSONAL_MORE]
ALL_COMPANY = [*COMPANY.items(), *COMPANY_MORE]
WORDS_OF_WORK = ("retries", "again", "proofs", "backfill", "space", "sharing", "filing")
# What needs the plan; looking and unlinking do not.
WORK = [item for item in ALL_COMPANY if any(word in item[0] for word in WORDS_OF_WORK)]


def everything(api: PageApi) -> dict[str, Any]:
    """Every row of every table, and every doorbell rung; not how often somebody has asked for something."""
    rows = {table: items_of(table) for table in TABLE_NAMES.values()}
    rows["link_attempts"] = [
        row for row in rows["link_attempts"] if not row["attempt_id"]["S"].startswith("count:")
    ]
    return {**rows, "doorbells": [*api.aws.doorbells(), *api.aws.company_doorbells()]}


def ask(api: PageApi, known: Known, route: str, request: Request, claims: Claims | None) -> tuple[int, Any]:
    """The answer, having checked that nothing was touched for it."""
    before = everything(api)
    answer = api.call(route, claims, **request(known))
    assert everything(api) == before
    return answer


def test_every_route_is_walked() -> None:
    walked = {*PERSONAL, *COMPANY}
    handler.areas.include_all()
    answered = {f"{route.method} {route.openapi_path}" for route in handler.app._static_routes}
    answered |= {f"{route.method} {route.openapi_path}" for route in handler.app._dynamic_routes}
    deployed = {key for key, function, _ in routes_of(load_template()) if function == "PageApiFunction"}

    assert walked == answered == deployed


def test_every_route_of_the_function_is_behind_the_hosts_session() -> None:
    for _, function, route in routes_of(load_template()):
        assert function != "PageApiFunction" or not is_public(route)


def test_the_house_is_full(api: PageApi, known: Known) -> None:
    """Or nothing below would show anything."""
    for route, request in ALL_PERSONAL:
        if route.startswith("GET"):
            assert ALICE_MARK in json.dumps(api.call(route, ALICE, **request(known))), route
    assert COMPANY_MARK in json.dumps(api.call("GET /deliveries", BOB))


@pytest.mark.parametrize("claims", NO_SESSIONS, ids=str)
def test_without_a_session_nothing_is_answered(api: PageApi, known: Known, claims: Claims | None) -> None:
    for route, request in [*ALL_PERSONAL, *ALL_COMPANY]:
        status, body = ask(api, known, route, request, claims)

        assert (status, body["error"]["code"]) == (401, "not_signed_in"), route


@pytest.mark.parametrize(
    "claims", [MALLORY, COLLEAGUE, COLLEAGUE_IN_CHARGE], ids=lambda claims: claims["sub"]
)
def test_nobody_sees_or_touches_what_is_anothers_own(api: PageApi, known: Known, claims: Claims) -> None:
    for route, request in ALL_PERSONAL:
        _, body = ask(api, known, route, request, claims)

        assert ALICE_MARK not in json.dumps(body), route


@pytest.mark.parametrize(
    ("route", "code"),
    [
        ("GET /imports/batches", "invalid_cursor"),
        ("GET /imports/files", "invalid_cursor"),
        ("DELETE /links/{purpose}", "not_linked"),
        ("POST /imports/retries", "not_linked"),
        ("GET /imports/receipt", "not_found"),
    ],
)
def test_anothers_cursors_and_ids_are_refused(api: PageApi, known: Known, route: str, code: str) -> None:
    status, body = ask(api, known, route, PERSONAL[route], MALLORY)

    assert 400 <= status < 500
    assert body["error"]["code"] == code


def test_anothers_ids_find_nothing_also_with_a_link_of_ones_own(api: PageApi, known: Known) -> None:
    api.link(link_id="user:mallory", user_id="mallory", company_id="elsewhere", account_id="dbid:mallory")
    api.company_link(link_id="company:elsewhere", company_id="elsewhere", account_id="dbid:elsewhere")

    file = ask(api, known, "POST /imports/retries", PERSONAL["POST /imports/retries"], MALLORY)
    delivery = ask(api, known, "POST /deliveries/retries", COMPANY["POST /deliveries/retries"], MALLORY)

    assert [answer["error"]["code"] for _, answer in (file, delivery)] == ["not_found", "not_found"]


def test_a_linked_stranger_sees_only_their_own(api: PageApi, known: Known) -> None:
    api.link(link_id="user:mallory", user_id="mallory", company_id="elsewhere", account_id="dbid:mallory")
    api.company_link(link_id="company:elsewhere", company_id="elsewhere", account_id="dbid:elsewhere")

    for route, request in [*ALL_PERSONAL, *ALL_COMPANY]:
        if route.startswith("GET"):
            _, body = ask(api, known, route, request, MALLORY)

            assert ALICE_MARK not in json.dumps(body), route
            assert COMPANY_MARK not in json.dumps(body), route


def test_another_companys_administrator_sees_and_touches_nothing(api: PageApi, known: Known) -> None:
    for route, request in ALL_COMPANY:
        _, body = ask(api, known, route, request, MALLORY)

        assert COMPANY_MARK not in json.dumps(body), route
        assert "expenses" not in body or body["expenses"] == 0, route


@pytest.mark.parametrize("claims", NO_ADMINISTRATORS, ids=str)
def test_what_is_the_companys_is_for_its_administrators(api: PageApi, known: Known, claims: Claims) -> None:
    for route, request in ALL_COMPANY:
        status, body = ask(api, known, route, request, claims)

        assert (status, body["error"]["code"]) == (403, "not_administrator"), route
    _, links = ask(api, known, "GET /links", PERSONAL["GET /links"], claims)
    assert COMPANY_MARK not in json.dumps(links)


@pytest.mark.parametrize("plan", ["solo", "", "Team"])
def test_work_is_for_the_larger_plans(api: PageApi, known: Known, plan: str) -> None:
    for route, request in WORK:
        status, body = ask(api, known, route, request, BOB | {"plan": plan})

        assert (status, body["error"]["code"]) == (403, "plan_required"), route


def test_a_cursor_is_good_for_its_own_list_only(api: PageApi, known: Known) -> None:
    others = [
        ("GET /imports/files", {"cursor": known.cursors["batches"]}),
        ("GET /imports/batches", {"cursor": known.cursors["files"]}),
        ("GET /imports/files", {"cursor": known.cursors["files"], "outcome": "rejected"}),
        ("GET /imports/files", {"cursor": known.cursors["files"], "batch_id": known.batch_id}),
        ("GET /deliveries", {"cursor": known.cursors["deliveries"], "state": "failed"}),
    ]

    for route, query in others:
        assert api.error(route, BOB | {"sub": "alice"}, **query) == (400, "invalid_cursor"), query


@pytest.mark.parametrize(
    "altered", ["", "x", "~~~", "W10", "eyJhIjoxfQ", "a" * 300, "\u00e9", "WyJhIiwiYiJd"]
)
def test_a_cursor_that_was_altered_is_refused(api: PageApi, known: Known, altered: str) -> None:
    for route in ("GET /imports/batches", "GET /imports/files", "GET /deliveries"):
        assert api.error(route, BOB, cursor=altered) == (400, "invalid_cursor")


@pytest.mark.parametrize("place", ["x" * 1000 + ".2", "x" * 65, "20261122T090000.99999", "\u0665.2", ".2"])
def test_a_cursor_of_batches_that_names_what_is_no_batch_is_refused(
    api: PageApi, known: Known, place: str
) -> None:
    digest, _ = handler_parts(known.cursors["batches"])

    refused = api.error("GET /imports/batches", ALICE, cursor=encoded([digest, place]))

    assert refused == (400, "invalid_cursor")


@pytest.mark.usefixtures("known")
def test_an_id_made_up_of_the_key_of_another_row_is_no_delivery(api: PageApi) -> None:
    api.company_link(may_share=True)
    api.call("POST /sharing/looks", BOB)
    made_up = encoded(["sharing", COMPANYS_ACCOUNT, "all"])

    refused = api.error("POST /deliveries/retries", BOB, body={"delivery": made_up})

    assert refused == (404, "not_found")


def test_a_cursor_made_up_by_its_own_user_shows_nothing_of_others(api: PageApi, known: Known) -> None:
    """A cursor is not signed: it may say any place, of one's own list only."""
    digest, _ = handler_parts(known.cursors["files"])

    for place in (
        "2026-11-22T09:00:00Z \ud800",
        "2026-11-22T09:00:00Z ",
        "no time key",
        "0001-01-01T00:00:00Z k",
    ):
        status, body = api.call("GET /imports/files", ALICE, cursor=encoded([digest, place]))

        assert status in {200, 400}, place
        assert COMPANY_MARK not in json.dumps(body)


def handler_parts(cursor: str) -> list[str]:
    parts: list[str] = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return parts


def encoded(parts: list[str]) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def test_nothing_secret_and_nothing_of_peoples_reaches_the_log(api: PageApi, known: Known) -> None:
    for route, request in [*ALL_PERSONAL, *ALL_COMPANY]:
        api.call(route, BOB | {"sub": "alice"}, **request(known))

    log = api.log.getvalue()
    assert f'"correlation_id":"{REQUEST_ID}"' in log
    for secret in (ALICE_MARK, COMPANY_MARK, known.file, known.delivery, *known.cursors.values()):
        assert secret not in log
