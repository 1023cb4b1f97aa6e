"""A team's documents lie in the space that its administrator chose, and nowhere else."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from local.dropbox_emulator import TeamSpace
from shared.aws.stores.link_store import LinkStore
from shared.domain.links import Link, LinkProblem, LinkStatus, Space
from tests.integration.document_sync.conftest import Synchronising, link_company


@pytest.fixture
def team(synchronising: Synchronising) -> Synchronising:
    """The company's Dropbox is that of a team's member."""
    account = synchronising.emulator.add_account("member", team=TeamSpace(member_folder="Bob"))
    team = replace(synchronising, account=account)
    link_company(team, generation=2, team_space_id=account.root_namespace)
    return team


def choose(team: Synchronising, space: Space) -> Link:
    """What the page's API does."""
    links = LinkStore("links", "audit_trail")
    return links.choose_space(team.link_row(), space, by="bob", at=team.clock())


def test_without_a_choice_documents_lie_in_the_members_own_folder(team: Synchronising) -> None:
    team.accept("expense-1", b"one")

    team.answer()

    (path,) = team.files()
    (row,) = team.rows()
    assert path.startswith("/Bob/Jenji/2026/03/Alice Martin/")
    assert row["space"] == "member_folder"


def test_what_comes_after_a_choice_lies_there_and_the_rest_stays(team: Synchronising) -> None:
    team.accept("expense-1", b"one")
    team.answer()
    choose(team, Space.TEAM_SPACE)
    team.accept("expense-2", b"two")

    team.answer()

    places = {data: path.partition("/2026")[0] for path, data in team.files().items()}
    assert places == {b"one": "/Bob/Jenji", b"two": "/Jenji"}
    assert sorted(row["space"] for row in team.rows()) == ["member_folder", "team_space"]


def test_the_months_manifest_says_which_space_each_document_is_in(team: Synchronising) -> None:
    team.accept("expense-1", b"one")
    team.answer()
    choose(team, Space.TEAM_SPACE)
    team.accept("expense-2", b"two")
    team.clock.advance(hours=2)

    team.answer()

    manifest = team.account.tree_contents()["/Jenji/2026/03/Expenses 2026-03.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(manifest)))
    assert sorted(row["Space"] for row in rows) == ["member folder", "team space"]
    book = openpyxl.load_workbook(
        io.BytesIO(team.account.tree_contents()["/Jenji/2026/03/Expenses 2026-03.xlsx"])
    )
    titles, *lines = book.worksheets[0].iter_rows()
    at = {str(cell.value): number for number, cell in enumerate(titles)}
    # It lies in the team space: only what is there too is beside it, and has an address that is certain.
    linked = {
        line[at["Space"]].value: (bool(line[at["File path"]].hyperlink), line[at["In Dropbox"]].value)
        for line in lines
    }
    assert linked == {"member folder": (False, None), "team space": (True, "Open")}


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_space_that_is_gone_or_closed_is_the_links_trouble_and_loses_nothing(
    team: Synchronising, is_gone: bool
) -> None:
    choose(team, Space.TEAM_SPACE)
    team.accept("expense-1", b"one")
    before = team.account.root_namespace
    if is_gone:
        team.account.change_root()
    else:
        team.account.is_kept_out_of_team_space = True

    team.answer()

    link, statuses, files = team.link_row(), team.statuses(), team.files()
    team.account.root_namespace, team.account.is_kept_out_of_team_space = before, False
    team.clock.advance(days=1)
    team.answer()
    assert (link.status, link.problem) == (LinkStatus.SUSPENDED, LinkProblem.SPACE_UNAVAILABLE)
    assert (statuses, files) == ([("PENDING", None)], {})
    assert list(team.files().values()) == [b"one"]
    assert team.link_row().status is LinkStatus.ACTIVE
