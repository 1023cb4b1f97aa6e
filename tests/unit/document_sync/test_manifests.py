"""When the monthly manifest is written, and whose file it never overwrites."""

from __future__ import annotations

import io
from dataclasses import replace
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl.cell.cell import Cell, MergedCell

from functions.document_sync.manifests.write_manifests import MOST_NAMES
from shared.domain.errors import DropboxUnavailable
from testing.fakes.failing import Failing, always
from tests.unit.document_sync.sync_world import COMPANY, SyncWorld

PATH = "/Jenji/2026/03/Expenses 2026-03.csv"
WORKBOOK = "/Jenji/2026/03/Expenses 2026-03.xlsx"


def test_the_manifest_lists_what_the_month_received(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.accept(b"dinner", merchant="The Copper Kettle")

    world.answer()

    [row] = [line for line in world.manifest_files()[PATH].splitlines() if "Copper" in line]
    [path] = [path for path, data in world.files().items() if data == b"dinner"]
    assert path in row
    assert "84,00" in row  # whoever linked is French
    assert len(world.manifest_files()[PATH].splitlines()) == 3


def test_it_is_rewritten_an_hour_later_and_not_before(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.answer()
    first = world.manifest_files()[PATH]
    world.accept(b"dinner")
    world.answer()
    soon = world.manifest_files()[PATH]
    due = world.link_row.next_due

    world.clock.advance(minutes=61)
    world.answer()

    assert soon == first
    assert due is not None
    assert due <= world.clock()
    assert len(world.manifest_files()[PATH].splitlines()) == 3
    assert list(world.manifest_files()) == [PATH]


def test_a_manifest_somebody_changed_is_left_alone_and_another_written(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.answer()
    world.account.write(PATH, b"my notes")
    world.accept(b"dinner")
    world.clock.advance(minutes=61)

    world.answer()
    world.come_to_rest()

    assert world.account.read(PATH) == b"my notes"
    second = world.manifest_files()["/Jenji/2026/03/Expenses 2026-03 (2).csv"]
    assert len(second.splitlines()) == 3


def test_a_manifest_somebody_deleted_is_written_again_with_the_next_change(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.answer()
    world.account.delete(PATH)
    world.accept(b"dinner")
    world.clock.advance(minutes=61)

    world.answer()

    assert list(world.manifest_files()) == [PATH]


def test_a_manifest_that_cannot_be_written_fails_no_delivery(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.dropbox = Failing(world.dropbox, upload_small=always(DropboxUnavailable("503")))

    answer = world.answer()

    assert answer.reason == "drained"
    assert list(world.files().values()) == [b"ticket"]
    assert world.manifest_files() == {}
    assert world.link_row.next_due is not None


def test_months_have_manifests_of_their_own(world: SyncWorld) -> None:
    from datetime import date

    world.accept(b"ticket")
    world.accept(b"hotel", date=date(2026, 4, 2))

    world.answer()

    assert sorted(world.manifest_files()) == [PATH, "/Jenji/2026/04/Expenses 2026-04.csv"]


def test_an_excel_file_of_the_same_lines_lies_beside_it(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.accept(b"dinner", merchant="The Copper Kettle")

    world.answer()

    sheet = openpyxl.load_workbook(io.BytesIO(world.workbook_files()[WORKBOOK])).worksheets[0]
    assert [row[2].value for row in sheet.iter_rows(min_row=2)].count("The Copper Kettle") == 1
    assert sheet.max_row == 3
    linked = {f"/Jenji/2026/03/{_path_of(link)}" for row in sheet.iter_rows() if (link := _link_in(row))}
    assert linked == set(world.files())


def _link_in(row: tuple[Cell | MergedCell, ...]) -> str | None:
    links = [cell.hyperlink.target for cell in row if cell.hyperlink]
    return next((link for link in links if "://" not in link), None)


def _path_of(link: str) -> str:
    return unquote(link.replace("\\", "/"))


@pytest.mark.parametrize(
    ("locale", "header"),
    [("", "Identifiant de la dépense;"), ("de-AT", "Ausgaben-ID;"), ("en-GB", "Expense id,")],
)
def test_it_is_in_the_companys_language_or_else_in_that_of_whoever_linked(
    world: SyncWorld, locale: str, header: str
) -> None:
    company = world.companies.companies[COMPANY]
    world.companies.companies[COMPANY] = replace(company, locale=locale)
    world.accept(b"ticket")

    world.answer()

    assert world.manifest_files()[PATH].startswith(header)


def test_an_excel_file_somebody_changed_is_left_alone_and_the_csv_stays_one(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.answer()
    world.account.write(WORKBOOK, b"booked, with my notes")
    world.accept(b"dinner")
    world.clock.advance(minutes=61)

    world.answer()

    assert world.account.read(WORKBOOK) == b"booked, with my notes"
    assert sorted(world.workbook_files()) == ["/Jenji/2026/03/Expenses 2026-03 (2).xlsx", WORKBOOK]
    assert list(world.manifest_files()) == [PATH]


def test_where_nothing_changed_nothing_is_uploaded_again(world: SyncWorld) -> None:
    world.accept(b"ticket")
    world.answer()
    before = {path: world.dropbox.find_at(path).rev for path in (PATH, WORKBOOK)}
    world.manifests.mark_changed(COMPANY, world.account.id, "2026-03")
    world.clock.advance(minutes=61)

    world.answer()

    assert {path: world.dropbox.find_at(path).rev for path in (PATH, WORKBOOK)} == before
    assert world.manifests.changed(COMPANY, world.account.id) == []


def test_a_drain_that_died_between_the_two_files_is_finished_by_the_next(world: SyncWorld) -> None:
    world.accept(b"ticket")
    written: list[str] = []

    def dies_of_the_second(path: str, *_: object) -> None:
        written.append(path)
        if len(written) == 2:
            raise DropboxUnavailable("503")

    whole = world.dropbox
    world.dropbox = Failing(whole, upload_small=dies_of_the_second)
    world.answer()
    assert world.workbook_files() == {}
    world.dropbox = whole
    world.clock.advance(minutes=61)

    world.answer()

    assert list(world.manifest_files()) == [PATH]
    assert list(world.workbook_files()) == [WORKBOOK]


def test_where_every_name_is_taken_it_is_tried_again_later(world: SyncWorld) -> None:
    names = ["", *(f" ({number})" for number in range(2, MOST_NAMES))]
    for name in names:
        world.account.write(f"/Jenji/2026/03/Expenses 2026-03{name}.csv", b"mine")
    world.accept(b"ticket")

    world.answer()

    assert set(world.manifest_files().values()) == {"mine"}
    assert world.link_row.next_due is not None
