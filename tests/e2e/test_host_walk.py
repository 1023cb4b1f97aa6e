"""A host built from nothing: docs/host-walk.md typed at a terminal, from a token to a delivered document."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from local.host import Person
from local.host_expenses import HostExpenses
from local.linking import link_dropbox
from local.processes import wait_until
from local.template import ROOT
from local.world import World
from tests.e2e.browsing import on_disk, welcome
from tests.typed_commands import settings_in, type_in, typed_commands

PAGE = ROOT / "docs" / "host-walk.md"
SECONDS = 90
HANA = Person("hana", "Hana Novák", "foundry")
IVO = Person("ivo", "Ivo Novák", "foundry", role="administrator")

pytestmark = pytest.mark.skipif(shutil.which("aws") is None, reason="the AWS command line is not installed")


@dataclass
class Developer:
    """Somebody who follows the page, step by step."""

    world: World
    home: Path
    values: dict[str, str] = field(default_factory=dict)

    def step(self, section: str) -> list[str]:
        """What each command of a section prints; `alice` and `bob` of the page are others here."""
        settings = settings_in(PAGE, "Begin")
        for name, value in self.values.items():
            settings = settings.replace(f"<{name}>", value)
        commands = [each for each in typed_commands(PAGE) if each.section == section]
        assert commands
        return [
            type_in(self._for_others(f"{settings}\n{each.filled(self.values)}"), self.home)
            for each in commands
        ]

    def _for_others(self, script: str) -> str:
        script = re.sub(r"\btoken alice\b|\"alice\"", lambda found: found[0].replace("alice", "hana"), script)
        return script.replace("token bob", "token ivo")


@pytest.fixture(scope="module")
def developer(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Developer]:
    """Hana's Dropbox and her company's are linked, and she has imported an invoice."""
    welcome(world, HANA, IVO)
    account = world.dropbox.add_account("hana", display_name=HANA.name)
    link_dropbox(world, HANA, account)
    link_dropbox(world, IVO, world.dropbox.add_account("ivo", display_name=IVO.name), "synchronisation")
    auto_import = on_disk(world, account)
    assert wait_until(auto_import.is_dir, SECONDS)
    _write_invoice(auto_import / "steel.pdf")
    host = HostExpenses(world)
    assert wait_until(lambda: any(each.merchant for each in host.of(HANA)), SECONDS)
    home = tmp_path_factory.mktemp("host")
    (home / "examples").symlink_to(ROOT / "examples")
    yield Developer(
        world,
        home,
        {
            "AWS": world.aws.endpoint_url,
            "Jenji": world.host.issuer,
            "API": world.deployment.api_url,
            "Auto-Import": str(auto_import),
        },
    )
    _remove_queue_and_rule(world)


def _write_invoice(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=(400, 400))
    for row, text in enumerate(
        ("Stahlwerk Nord GmbH", "Rechnung 17", "Datum 14.03.2026", "Gesamtbetrag 119,00 EUR")
    ):
        canvas.drawString(40, 340 - 30 * row, text)
    canvas.save()


def _remove_queue_and_rule(world: World) -> None:
    world.aws.client("cloudformation").delete_stack(StackName="notices")


def test_the_page_leads_from_a_token_to_a_delivered_document(developer: Developer) -> None:
    [token] = developer.step("Sign somebody in")
    links, files = map(json.loads, developer.step("Ask the API"))

    assert token.count(".") == 2
    assert links["links"][0]["account"]["email"] == "hana@example.com"
    assert [file["name"] for file in files["files"]] == ["steel.pdf"]

    *_, message = developer.step("Hear of what happens")

    event = json.loads(message)
    assert (event["source"], event["detail-type"]) == ("jenji.dropbox", "ImportBatchSettled")

    [[expense_id, _merchant, amount, state]] = [
        line.split("\t") for line in developer.step("Look at an expense")[0].splitlines()
    ]
    assert (amount, state) == ("119.00", "DONE")
    developer.values["expense id"] = expense_id
    developer.step("Accept it")
    assert wait_until(lambda: delivered(developer) != [], SECONDS)
    assert delivered(developer)[0].startswith("/Jenji/2026/03/Hana Novák/2026-03-14")


def delivered(developer: Developer) -> list[str]:
    """Where the documents of the expense lie, as the page asks for it."""
    [answer] = developer.step("See it delivered")
    return [each["path"] for each in json.loads(answer)["deliveries"] if each["state"] == "delivered"]
