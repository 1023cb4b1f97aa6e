"""The stand-in's pages: who may see and do what, and that nothing from outside acts on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from local.host import ALICE, BOB, OTHER_ALICE, Host, Person
from local.host_app.expense_desk import ExpenseDesk
from local.host_app.messages import Request, Response
from local.host_app.site import Site
from local.host_expense_rows import HostExpense
from local.host_expenses import HostExpenses
from local.inbox import Mailbox
from shared.domain.expenses import ExpenseStatus
from tests.integration.conftest import BUCKET, Aws

API = "http://127.0.0.1:4566/_aws/execute-api/0de50001/$default"
HOSTILE = "<img src=x onerror=alert(1)>\"'&.pdf"
STRANGER = Person("stranger", "Sam Stone", "elsewhere", role="administrator")


class Browser:
    """Keeps its cookie and sends forms from the site's own pages."""

    def __init__(self, site: Site, person: Person | None = None) -> None:
        self._site = site
        self._cookies: dict[str, str] = {}
        if person:
            answer = self.post("/sign-in", user=person.user_id)
            name, _, value = answer.headers["Set-Cookie"].partition(";")[0].partition("=")
            self._cookies = {name: value}

    def get(self, path: str, **query: str) -> Response:
        return self._site.respond(Request("GET", path, query, cookies=self._cookies))

    def post(self, path: str, *, origin: str | None = None, **form: str) -> Response:
        sent_from = origin or self._site.host.issuer
        return self._site.respond(Request("POST", path, form=form, cookies=self._cookies, origin=sent_from))


@pytest.fixture
def expenses(aws: Aws) -> HostExpenses:
    deployment = SimpleNamespace(expenses_table="expenses", documents_bucket=BUCKET)
    return HostExpenses(SimpleNamespace(aws=SimpleNamespace(client=boto3.client), deployment=deployment))


@pytest.fixture
def site(expenses: HostExpenses) -> Iterator[Site]:
    with Host() as host:
        host.people.append(STRANGER)
        yield Site(host, ExpenseDesk(expenses), API, None, Mailbox(host.people, host.issuer))


def found(expenses: HostExpenses, expense_id: str) -> HostExpense:
    expense = expenses.find(expense_id)
    assert expense is not None
    return expense


def test_somebody_who_is_not_signed_in_is_asked_who_they_are_and_led_on(site: Site) -> None:
    asked = Browser(site).get("/settings/integrations", tab="a.b")

    signed_in = Browser(site).post("/sign-in", user="alice", next="/settings/integrations?tab=a.b")

    assert (asked.status, asked.headers["Location"]) == (
        303,
        "/sign-in?next=%2Fsettings%2Fintegrations%3Ftab%3Da.b",
    )
    assert signed_in.headers["Location"] == "/settings/integrations?tab=a.b"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nb"]
)
def test_signing_in_leads_to_no_other_site(site: Site, elsewhere: str) -> None:
    answer = Browser(site).post("/sign-in", user="alice", next=elsewhere)

    assert answer.headers["Location"] == "/expenses"


def test_no_script_can_read_the_cookie_and_no_other_site_can_send_it_with_a_form(site: Site) -> None:
    cookie = Browser(site).post("/sign-in", user="alice").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_form_of_another_site_does_nothing(site: Site, expenses: HostExpenses, origin: str) -> None:
    expense_id = expenses.create(ALICE, {"a.pdf": b"%PDF"})

    answer = Browser(site, BOB).post(f"/expenses/{expense_id}", origin=origin, action="accept")

    assert answer.status == 403
    assert found(expenses, expense_id).status is ExpenseStatus.WAITING


def test_the_session_is_given_to_nobody_else(site: Site) -> None:
    assert Browser(site).get("/session").status == 401
    assert b"token" in Browser(site, ALICE).get("/session").body


def test_signing_out_ends_the_session(site: Site) -> None:
    browser = Browser(site, ALICE)

    browser.post("/sign-out")

    assert browser.get("/session").status == 401


def test_every_page_may_run_its_own_scripts_only_and_call_the_api(site: Site) -> None:
    policy = Browser(site, ALICE).get("/settings/integrations").headers["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "connect-src 'self' http://127.0.0.1:4566;" in policy
    assert "unsafe" not in policy


def test_an_employee_sees_the_personal_element_and_an_administrator_both(site: Site) -> None:
    hers = Browser(site, ALICE).get("/settings/integrations").body
    his = Browser(site, BOB).get("/settings/integrations").body

    assert (hers.count(b"<jenji-dropbox"), his.count(b"<jenji-dropbox")) == (1, 2)
    assert b"Connected Apps" not in hers


def test_an_administrator_accepts_what_an_employee_has_filled_in(site: Site, expenses: HostExpenses) -> None:
    expense_id = expenses.create(ALICE, {"ticket.pdf": b"%PDF"})
    details = {"merchant": " SNCF ", "date": "2026-03-14", "amount": "84,5", "currency": "eur"}

    saved = Browser(site, ALICE).post(f"/expenses/{expense_id}", action="save", **details)
    accepted = Browser(site, BOB).post(f"/expenses/{expense_id}", action="accept")

    expense = found(expenses, expense_id)
    assert (saved.status, accepted.headers["Location"]) == (303, "/expenses?done=accept")
    assert expense.status is ExpenseStatus.ACCEPTED
    assert (expense.merchant, expense.date) == ("SNCF", "2026-03-14")
    assert (expense.amount, expense.currency) == ("84.5", "EUR")


@pytest.mark.parametrize(
    ("field", "value"),
    [("date", "tomorrow"), ("date", "20260314"), ("amount", "-1"), ("amount", "1e3"), ("currency", "€")],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_done(
    site: Site, expenses: HostExpenses, field: str, value: str
) -> None:
    expense_id = expenses.create(ALICE, {"ticket.pdf": b"%PDF"})

    answer = Browser(site, BOB).post(f"/expenses/{expense_id}", action="accept", **{field: value})

    assert answer.status == 400
    assert b'role="alert"' in answer.body
    assert found(expenses, expense_id).status is ExpenseStatus.WAITING


@pytest.mark.parametrize("action", ["accept", "refuse"])
def test_an_employee_decides_nothing(site: Site, expenses: HostExpenses, action: str) -> None:
    expense_id = expenses.create(ALICE, {"ticket.pdf": b"%PDF"})

    answer = Browser(site, ALICE).post(f"/expenses/{expense_id}", action=action)

    assert answer.status == 403
    assert found(expenses, expense_id).status is ExpenseStatus.WAITING


@pytest.mark.parametrize("other", [OTHER_ALICE, STRANGER], ids=["a namesake", "another company"])
def test_others_neither_see_nor_touch_an_expense(site: Site, expenses: HostExpenses, other: Person) -> None:
    expense_id = expenses.create(ALICE, {"secret.pdf": b"%PDF"})
    browser = Browser(site, other)

    answers = [
        browser.get(f"/expenses/{expense_id}"),
        browser.get(f"/documents/{expense_id}/0"),
        browser.post(f"/expenses/{expense_id}", action="delete"),
    ]

    assert [answer.status for answer in answers] == [404, 404, 404]
    assert b"secret.pdf" not in browser.get("/expenses").body


def test_pages_are_in_the_language_of_whoever_looks(site: Site) -> None:
    hers = Browser(site, ALICE).get("/expenses").body.decode()
    his = Browser(site, BOB).get("/expenses").body.decode()

    assert '<html lang="en">' in hers
    assert ">Expenses<" in hers
    assert '<html lang="fr">' in his
    assert ">Dépenses<" in his


def test_an_expense_is_shown_by_its_address(site: Site, expenses: HostExpenses) -> None:
    expense_id = expenses.create(ALICE, {"ticket.pdf": b"%PDF"})
    expenses.create(ALICE, {"another.pdf": b"%PDF"})

    shown = Browser(site, ALICE).get(f"/expenses/{expense_id}")

    assert b"ticket.pdf" in shown.body
    assert b"another.pdf" not in shown.body


def test_a_deleted_expense_is_no_longer_listed(site: Site, expenses: HostExpenses) -> None:
    expense_id = expenses.create(ALICE, {"ticket.pdf": b"%PDF"})
    browser = Browser(site, ALICE)

    browser.post(f"/expenses/{expense_id}", action="delete")

    assert found(expenses, expense_id).status is ExpenseStatus.DELETED
    assert b"ticket.pdf" not in browser.get("/expenses").body


def test_names_from_outside_are_text(site: Site, expenses: HostExpenses) -> None:
    mallory = replace(ALICE, name="<script>alert(2)</script>")
    expense_id = expenses.create(mallory, {HOSTILE: b"%PDF"})
    browser = Browser(site, ALICE)
    browser.post(f"/expenses/{expense_id}", action="save", merchant='"><script>alert(3)</script>')

    shown = browser.get("/expenses").body.decode()

    assert "&lt;img src=x" in shown
    assert "<img" not in shown
    assert "<script" not in shown


@pytest.mark.parametrize(
    ("content_type", "disposition"),
    [("application/pdf", "inline"), ("image/heic", "attachment"), ("text/html", "attachment")],
)
def test_a_document_is_shown_where_browsers_know_it_and_runs_nothing(
    site: Site, expenses: HostExpenses, content_type: str, disposition: str
) -> None:
    expense_id = expenses.create(ALICE, {"a.pdf": b"<script>"})
    name_its_type(expense_id, content_type)

    answer = Browser(site, ALICE).get(f"/documents/{expense_id}/0")

    assert answer.body == b"<script>"
    assert answer.headers["Content-Disposition"] == disposition
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.content_type in ("application/pdf", "application/octet-stream")


def name_its_type(expense_id: str, content_type: str) -> None:
    dynamodb: Any = boto3.client("dynamodb")
    dynamodb.update_item(
        TableName="expenses",
        Key={"expense_id": {"S": expense_id}},
        UpdateExpression="SET documents[0].content_type = :type",
        ExpressionAttributeValues={":type": {"S": content_type}},
    )


def test_fifty_expenses_are_shown_at_once_and_the_others_on_the_next_page(
    site: Site, expenses: HostExpenses
) -> None:
    for number in range(52):
        expenses.create(ALICE, {f"{number}.pdf": b"%PDF"})
    browser = Browser(site, ALICE)

    pages = [browser.get("/expenses").body, browser.get("/expenses", page="2").body]

    assert [page.count(b"<article") for page in pages] == [50, 2]
    assert b"2 more" in pages[0]
    assert b" more" not in pages[1]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../site.py",
        "/web/../pyproject.toml",
        "/static/",
        "/web/package.json",
        "/static//etc/passwd",
        "/web/src/api.js",
    ],
)
def test_no_other_file_is_served(site: Site, path: str) -> None:
    assert Browser(site).get(path).status == 404


def test_its_own_style_is_served_as_a_style(site: Site) -> None:
    answer = Browser(site).get("/static/host.css")

    assert (answer.status, answer.content_type) == (200, "text/css; charset=utf-8")


READING: dict[str, Any] = {
    "state": "DONE",
    "fields": {
        "merchant": {"confirmed": False, "source": "ocr", "place": [0, "0.1", "0.05", "0.5", "0.1"]},
        "date": {"confirmed": False, "source": "ocr"},
        "amount": {"confirmed": True, "source": "ocr", "place": [0, "0.6", "0.8", "0.9", "0.85"]},
    },
    "preview": {"page_count": 12, "pages": [[0, 704, 995]]},
}


def read_off(expense_id: str) -> None:
    """As the integration writes it."""
    marks = {
        name: {**mark, "place": [Decimal(edge) for edge in mark["place"]]} if "place" in mark else mark
        for name, mark in READING["fields"].items()
    }
    boto3.resource("dynamodb").Table("expenses").update_item(
        Key={"expense_id": expense_id},
        UpdateExpression="SET reading = :reading, edited_fields = :edited",
        ExpressionAttributeValues={":reading": {**READING, "fields": marks}, ":edited": ["date"]},
    )


def test_an_expense_s_form_has_its_document_beside_it_with_marks_where_values_stand(
    site: Site, expenses: HostExpenses
) -> None:
    expense_id = expenses.create(ALICE, {"taxi.pdf": b"%PDF"})
    read_off(expense_id)

    answer = Browser(site, ALICE).get(f"/expenses/{expense_id}")

    page = answer.body.decode()
    assert f"/previews/alice/{expense_id}/0.jpg?" in page
    assert "Page 1 of 12" in page
    assert 'class="mark unsure" d="M0.1 0.05H0.5V0.1H0.1Z"' in page
    assert 'class="mark" d="M0.6 0.8H0.9V0.85H0.6Z"' in page
    assert page.count("to be checked") == 1  # the merchant: the date its user has touched
    assert expenses.pictures_origin in answer.headers["Content-Security-Policy"]


def test_an_administrator_sees_no_employee_s_document_beside_the_form(
    site: Site, expenses: HostExpenses
) -> None:
    expense_id = expenses.create(ALICE, {"taxi.pdf": b"%PDF"})
    read_off(expense_id)

    answer = Browser(site, BOB).get(f"/expenses/{expense_id}")

    assert answer.status == 200
    assert b"/previews/" not in answer.body
