"""From an acceptance to a file in the company's Dropbox, through the deployed functions."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
import requests
from PIL import Image

from local.dropbox_emulator.core.account import Account
from local.host import Person, seed
from local.host_expense_rows import Details
from local.host_expenses import HostExpenses
from local.linking import link_dropbox
from local.processes import wait_until
from local.world import World
from shared.domain.expenses import ExpenseStatus

SECONDS = 30
SNCF = Details("SNCF", "2026-03-14", "84", "EUR")
DAN = Person("dan", "Dan Roux", "brasserie", role="administrator", plan="team")
JANE = Person("jane", "Jane Doe", "brasserie")
HER_NAMESAKE = Person("jane-2", "jane doe", "brasserie")
SOLO = Person("solo", "Solo Stone", "stones", role="administrator", plan="solo")


@pytest.fixture(scope="module")
def host(world: World) -> HostExpenses:
    deployment = world.deployment
    seed(
        world.aws.client("dynamodb"),
        deployment.users_table,
        deployment.companies_table,
        [DAN, JANE, HER_NAMESAKE, SOLO],
    )
    return HostExpenses(world)


@pytest.fixture(scope="module")
def account(world: World, host: HostExpenses) -> Account:
    """The company's Dropbox, linked."""
    brasserie = world.dropbox.add_account("brasserie")
    link_dropbox(world, DAN, brasserie, "synchronisation")
    return brasserie


@pytest.fixture(autouse=True)
def nothing_is_given_up(world: World) -> Iterator[None]:
    yield
    for queue in (
        world.deployment.sync_dead_letter_queue_url,
        world.deployment.expense_accepted_failure_queue_url,
    ):
        assert "Messages" not in world.aws.client("sqs").receive_message(QueueUrl=queue)


def documents_in(account: Account) -> dict[str, bytes]:
    return {path: data for path, data in account.tree_contents().items() if not path.endswith(".csv")}


def deliveries_of(world: World, expense_id: str) -> list[dict[str, Any]]:
    rows = world.aws.client("dynamodb").query(
        TableName=world.deployment.deliveries_table,
        KeyConditionExpression="company_id = :company",
        ExpressionAttributeValues={":company": {"S": DAN.company_id}},
        ConsistentRead=True,
    )["Items"]
    deliveries = [row for row in rows if row["kind"]["S"] == "delivery"]
    return [row for row in deliveries if row["expense_id"]["S"] == expense_id]


def statuses(world: World, expense_id: str) -> set[str]:
    return {row["status"]["S"] for row in deliveries_of(world, expense_id)}


def paths(world: World, expense_id: str) -> list[str]:
    return sorted(row["path"]["S"] for row in deliveries_of(world, expense_id))


def test_an_accepted_expense_is_filed_with_all_its_documents(
    world: World, host: HostExpenses, account: Account
) -> None:
    ticket, receipt = b"%PDF-1.7 a ticket", b"a receipt" * 10_000
    expense_id = host.create(JANE, {"ticket.pdf": ticket, "receipt.jpg": receipt})

    host.complete_and_accept(expense_id, SNCF)

    assert wait_until(lambda: statuses(world, expense_id) == {"DELIVERED"}, SECONDS)
    contents = documents_in(account)
    filed = paths(world, expense_id)
    name = re.compile(r"/Jenji/2026/03/Jane Doe/2026-03-14 SNCF 84\.00 EUR \[[0-9A-Z]{5}\]\.(pdf|jpg)")
    assert [name.fullmatch(path)[1] for path in filed] in (["jpg", "pdf"], ["pdf", "jpg"])
    assert {path.rpartition(".")[2]: contents[path] for path in filed} == {"pdf": ticket, "jpg": receipt}


def test_the_manifest_lists_what_was_filed(world: World, host: HostExpenses, account: Account) -> None:
    expense_id = host.create(JANE, {"ticket.pdf": b"%PDF-1.7 for the manifest"})
    host.complete_and_accept(expense_id, Details("SNCF", "2025-07-01", "12.5"))
    manifest = "/Jenji/2025/07/Expenses 2025-07.csv"

    assert wait_until(lambda: manifest in account.tree_contents(), SECONDS)
    written = account.read(manifest).decode("utf-8-sig")
    assert expense_id in written
    assert paths(world, expense_id)[0] in written
    workbook = manifest.replace(".csv", ".xlsx")
    assert wait_until(lambda: workbook in account.tree_contents(), SECONDS)
    lines = openpyxl.load_workbook(io.BytesIO(account.read(workbook))).worksheets[0]
    assert expense_id in {cell.value for row in lines.iter_rows() for cell in row}


def test_what_was_not_accepted_never_arrives(world: World, host: HostExpenses, account: Account) -> None:
    waiting = host.create(JANE, {"waiting.pdf": b"%PDF waiting"})
    refused = host.create(JANE, {"refused.pdf": b"%PDF refused"})
    host.set_status(refused, ExpenseStatus.REFUSED)
    accepted = host.create(JANE, {"accepted.pdf": b"%PDF accepted last"})
    host.complete_and_accept(accepted, SNCF)

    assert wait_until(lambda: statuses(world, accepted) == {"DELIVERED"}, SECONDS)
    assert (deliveries_of(world, waiting), deliveries_of(world, refused)) == ([], [])
    assert not {b"%PDF waiting", b"%PDF refused"} & set(documents_in(account).values())


def test_namesakes_have_folders_of_their_own(world: World, host: HostExpenses, account: Account) -> None:
    expenses = [
        host.create(person, {"a.pdf": b"%PDF " + person.user_id.encode()}) for person in (JANE, HER_NAMESAKE)
    ]

    for expense_id in expenses:
        host.complete_and_accept(expense_id, SNCF)

    assert wait_until(lambda: all(statuses(world, each) == {"DELIVERED"} for each in expenses), SECONDS)
    folders = [paths(world, each)[0].split("/")[-2].casefold() for each in expenses]
    assert sorted(folders) == ["jane doe", "jane doe (2)"]


def test_a_dropped_photo_goes_all_the_way(world: World, host: HostExpenses, account: Account) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 800), "navy").save(buffer, "JPEG")
    own = world.dropbox.add_account("jane")
    link_dropbox(world, JANE, own)

    own.write("/Apps/Jenji/Auto-Import/lunch.jpg", buffer.getvalue())

    assert wait_until(lambda: any(e.documents[0].name == "lunch.jpg" for e in host.of(JANE)), SECONDS)
    [expense] = [e for e in host.of(JANE) if e.documents[0].name == "lunch.jpg"]
    host.complete_and_accept(expense.expense_id, Details("東京/タクシー", "2026-03-15", "3200", "JPY"))
    assert wait_until(lambda: statuses(world, expense.expense_id) == {"DELIVERED"}, SECONDS)
    [path] = paths(world, expense.expense_id)
    assert re.search(r"/2026-03-15 東京.タクシー 3200 JPY \[[0-9A-Z]{5}\]\.jpg$", path)
    assert account.read(path) == buffer.getvalue()


def test_relinking_to_another_account_delivers_there_from_the_date_asked_for(
    world: World, host: HostExpenses, account: Account
) -> None:
    before = host.create(JANE, {"before.pdf": b"%PDF before"})
    host.complete_and_accept(before, SNCF)
    assert wait_until(lambda: statuses(world, before) == {"DELIVERED"}, SECONDS)
    old_tree = account.tree_contents()
    another = world.dropbox.add_account("brasserie-2")

    link_dropbox(world, DAN, another, "synchronisation", since="2026-01-01")

    after = host.create(JANE, {"after.pdf": b"%PDF after"})
    host.complete_and_accept(after, SNCF)
    assert wait_until(lambda: {b"%PDF before", b"%PDF after"} <= set(documents_in(another).values()), SECONDS)
    assert account.tree_contents() == old_tree


@pytest.mark.parametrize(
    ("person", "code"),
    [(JANE, "not_administrator"), (SOLO, "plan_required")],
    ids=["an employee", "a solo company"],
)
def test_who_may_not_link_the_companys_dropbox_is_told_so(world: World, person: Person, code: str) -> None:
    answer = requests.post(
        f"{world.deployment.api_url}/links",
        headers={"Authorization": f"Bearer {world.host.sign_in(person)}"},
        json={"purpose": "synchronisation"},
        timeout=SECONDS,
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, code)
