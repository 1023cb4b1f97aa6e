"""What the Integrations page does, through the deployed API and the drains it asks for work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests

from local.dropbox_emulator.core.account import Account
from local.host import Person, seed
from local.linking import link_dropbox
from local.processes import wait_until
from local.world import World

SECONDS, TIMEOUT = 30, 30
# People of their own, so that other tests find nothing changed.
CLAIRE = Person("claire", "Claire Petit", "page-company", role="administrator", locale="fr")
DAVID = replace(CLAIRE, user_id="david", role="employee")


class Page:
    """The page of somebody who has signed in."""

    def __init__(self, world: World, person: Person) -> None:
        self._url = world.deployment.api_url
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {world.host.sign_in(person)}"

    def call(self, method: str, path: str, **request: Any) -> tuple[int, Any]:
        """Status and body of an answer."""
        answer = self._session.request(method, f"{self._url}{path}", timeout=TIMEOUT, **request)
        return answer.status_code, answer.json()

    def get(self, path: str, **parameters: Any) -> Any:
        status, body = self.call("GET", path, params=parameters)
        assert status == 200, body
        return body

    def link(self, purpose: str) -> Any:
        return next(link for link in self.get("/links")["links"] if link["purpose"] == purpose)

    def close(self) -> None:
        self._session.close()


@pytest.fixture(scope="module")
def linked(world: World) -> Account:
    """Claire's Dropbox, for her own documents."""
    deployment = world.deployment
    seed(world.aws.client("dynamodb"), deployment.users_table, deployment.companies_table, [CLAIRE, DAVID])
    account = world.dropbox.add_account("claire")
    link_dropbox(world, CLAIRE, account)
    return account


@pytest.fixture
def page(world: World, linked: Account) -> Iterator[Page]:
    page = Page(world, CLAIRE)
    yield page
    page.close()


def test_a_rejected_file_is_seen_and_tried_again(page: Page, linked: Account) -> None:
    linked.write("/Apps/Jenji/Auto-Import/trip/page.pdf", b"<html></html>")
    assert wait_until(lambda: page.link("auto_import")["counts"]["rejected"] == 1, SECONDS)
    [file] = page.get("/imports/files", outcome="rejected")["files"]
    assert (file["name"], file["reason"]["code"]) == ("trip/page.pdf", "unsupported_type")

    asked = page.call("POST", "/imports/retries", json={"file": file["id"]})

    assert asked == (202, {"requested": 1})
    assert wait_until(lambda: len(page.get("/imports/files")["files"]) == 2, SECONDS)
    anew, before = page.get("/imports/files")["files"]
    assert (anew.get("retry"), before["retry"]) == (None, "done")
    assert page.get("/imports/batches")["batches"][0]["rejected"] >= 1
    assert page.get("/imports/waiting") == {"files": []}


def test_an_administrator_sees_the_companys_side_and_asks_for_a_backfill(
    page: Page, world: World, linked: Account
) -> None:
    link_dropbox(world, CLAIRE, world.dropbox.add_account("page-company"), "synchronisation")

    counted = page.get("/backfill", since="2026-01-01")
    asked, backfill = page.call("POST", "/backfill", json={"since": "2026-01-01"})

    assert (counted["expenses"], counted["is_complete"]) == (0, True)
    assert (asked, backfill["state"]) == (202, "waiting")
    assert page.link("synchronisation")["backfill"]["since"] == "2026-01-01T00:00:00.000000Z"
    assert page.get("/deliveries") == {"deliveries": []}
    assert page.get("/deliveries", state="failed") == {"deliveries": []}
    assert page.call("POST", "/deliveries/retries", json={"all": True}) == (202, {"requested": 0})


def test_an_employee_is_told_in_their_language_what_is_not_theirs(world: World, linked: Account) -> None:
    employee = Page(world, DAVID)

    status, body = employee.call("GET", "/deliveries")
    links = employee.get("/links")["links"]
    employee.close()

    assert (status, body["error"]["code"]) == (403, "not_administrator")
    assert "administrateur" in body["error"]["message"]
    assert [link["status"] for link in links] == ["NOT_LINKED"]


def test_unlinking_ends_it_all(page: Page, linked: Account) -> None:
    first = page.call("DELETE", "/links/auto_import")
    again = page.call("DELETE", "/links/auto_import")

    assert first == again
    assert (first[0], first[1]["status"]) == (200, "UNLINKED")
    assert page.link("auto_import")["may_link"] is True
    assert page.call("POST", "/imports/retries", json={"all": True})[0] == 409
