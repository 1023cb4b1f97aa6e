"""The API's doors: who is let in, and what browsers are told."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
import requests

from local.aws_emulator import REGION
from local.host import ALICE, Host, Person
from local.smoke import USES, look_at, stack_named
from local.world import World

TIMEOUT = 30
NOBODY = Person("nobody-in-particular", "Nobody", "nowhere")
GUARDED = [
    ("POST", "/links"),
    ("POST", "/links/confirm"),
    ("GET", "/links"),
    ("DELETE", "/links/auto_import"),
    ("GET", "/imports/batches"),
    ("GET", "/imports/files"),
    ("GET", "/imports/waiting"),
    ("POST", "/imports/retries"),
    ("GET", "/deliveries"),
    ("POST", "/deliveries/retries"),
    ("GET", "/deliveries/again"),
    ("POST", "/deliveries/again"),
    ("GET", "/company/links"),
    ("GET", "/company/months"),
    ("GET", "/backfill"),
    ("POST", "/backfill"),
    ("GET", "/sharing"),
    ("POST", "/sharing/looks"),
    ("POST", "/sharing/changes"),
]


def forged(world: World) -> str:
    with Host() as impostor:
        impostor.issuer = world.host.issuer
        return impostor.sign_in(ALICE)


def of_another_issuer(world: World) -> str:
    with Host() as other:
        return other.sign_in(ALICE)


def unsigned(world: World) -> str:
    header, claims, _ = world.host.sign_in(ALICE).split(".")
    return f"{header}.{claims}."


REFUSED: dict[str, Callable[[World], str | None]] = {
    "missing": lambda world: None,
    "not a token": lambda world: "token",
    "forged": forged,
    "of another issuer": of_another_issuer,
    "unsigned": unsigned,
    "for another audience": lambda world: world.host.sign_in(ALICE, audience="somebody-else"),
    "expired": lambda world: world.host.sign_in(ALICE, lasts=-60),
}


@pytest.mark.parametrize(("method", "path"), GUARDED)
@pytest.mark.parametrize("token", REFUSED)
def test_refuses_whoever_has_no_session_of_the_host(world: World, method: str, path: str, token: str) -> None:
    value = REFUSED[token](world)
    headers = {} if value is None else {"Authorization": f"Bearer {value}"}

    answer = requests.request(
        method, world.deployment.api_url + path, headers=headers, json={}, timeout=TIMEOUT
    )

    assert answer.status_code == 401


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_lets_a_session_of_the_host_in(world: World, method: str, path: str) -> None:
    headers = {"Authorization": f"Bearer {world.host.sign_in(NOBODY)}"}

    answer = requests.request(
        method, world.deployment.api_url + path, headers=headers, json={}, timeout=TIMEOUT
    )

    assert answer.status_code in {200, 400, 403, 409}


def test_a_claim_that_was_changed_is_refused(world: World) -> None:
    mallory = dataclasses.replace(ALICE, user_id="mallory", role="administrator")
    header, _, signature = world.host.sign_in(ALICE).split(".")
    claims = world.host.sign_in(mallory).split(".")[1]

    answer = requests.post(
        f"{world.deployment.api_url}/links",
        headers={"Authorization": f"Bearer {header}.{claims}.{signature}"},
        json={},
        timeout=TIMEOUT,
    )

    assert answer.status_code == 401


def test_browsers_may_call_from_the_settings_page_only(world: World) -> None:
    def preflight(origin: str) -> str | None:
        answer = requests.options(
            f"{world.deployment.api_url}/links",
            headers={
                "Origin": origin,
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization,content-type",
            },
            timeout=TIMEOUT,
        )
        return answer.headers.get("Access-Control-Allow-Origin")

    assert preflight(world.host.issuer) == world.host.issuer
    assert preflight("https://evil.example") is None


def test_the_webhook_echoes_the_challenge(world: World) -> None:
    answer = requests.get(world.deployment.webhook_url, params={"challenge": "a&<b>"}, timeout=TIMEOUT)

    assert (answer.status_code, answer.text) == (200, "a&<b>")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_route_is_not_found(world: World) -> None:
    answer = requests.get(f"{world.deployment.api_url}/nothing", timeout=TIMEOUT)

    assert answer.status_code == 404


def test_attempts_at_linking_are_cleaned_up(world: World) -> None:
    described = world.aws.client("dynamodb").describe_time_to_live(
        TableName=world.deployment.link_attempts_table
    )["TimeToLiveDescription"]

    assert described == {"TimeToLiveStatus": "ENABLED", "AttributeName": "ttl"}


def test_a_deployed_stack_passes_the_smoke_test(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", world.aws.endpoint_url)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    stack = dataclasses.replace(stack_named(world.deployment.stack), webhook_url=world.deployment.webhook_url)
    said: list[str] = []

    all_is_well = look_at(stack, said.append)

    assert all_is_well, "".join(said)
    assert len(said) == len(USES) + 3
