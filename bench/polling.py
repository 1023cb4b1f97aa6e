"""What a poll of the page reads while a batch is being imported, by how many files the batch has."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bench.aws_calls import AwsCalls
from bench.figures import Figure, Table
from bench.linked_user import LINK_ID, USER, LinkedUser, linked_user
from functions.page_api.links.show_links import ShowLinks
from shared.aws.host.expense_reader import ExpenseReader
from shared.aws.stores.batch_counts import count_no_more
from shared.aws.stores.delivery_history import DeliveryHistory
from shared.aws.stores.import_history import ImportHistory
from shared.aws.stores.import_tables import ImportRecordRow
from shared.aws.stores.link_store import LinkStore
from shared.aws.stores.reading_tables import VisitCountRow
from shared.http.host_session import HostSession

SIZES = (20, 2_000, 20_000)


def measure() -> Table:
    """With the counts of the batch, and by counting its records."""
    with linked_user() as user:
        figures = [_figure(user, size) for size in SIZES]
    return Table("Polling: read units of GET /links", "counting records", figures)


def _figure(user: LinkedUser, size: int) -> Figure:
    batch_id = _import(user, size)
    show = _show_links(user)
    ours = _poll(user, show, size)
    count_no_more(USER.user_id, batch_id)
    theirs = _poll(user, show, size)
    return Figure(
        f"a batch of {size:,} files",
        f"{ours.read_units:g}",
        f"{theirs.read_units:g}",
        aim="the same",
        remark=f"{sum(ours.requests.values())} requests",
    )


def _import(user: LinkedUser, size: int) -> str:
    """Import as many as are quick to make by the drain itself, the rest as it would have left them."""
    few = 16
    user.answer_doorbell([f"document {number} of {size}".encode() for number in range(few)])
    link = user.composition.links.get(LINK_ID)
    if link is None or link.batch is None:
        raise RuntimeError("no batch was opened")
    batch_id = link.batch.batch_id
    rows = list(ImportRecordRow.query(USER.user_id, ImportRecordRow.visit_key.startswith(f"{batch_id}#")))
    with ImportRecordRow.batch_write() as records:
        for number in range(few, size):
            row = ImportRecordRow.from_raw_data(rows[number % few].serialize())
            row.visit_key = f"{batch_id}#id:{number:020}#{row.content_hash}#0001"
            records.save(row)
    counts = VisitCountRow.query(USER.user_id, VisitCountRow.expense_id.startswith(f"counts#{batch_id}#"))
    for count in counts:
        more = round(count.imported * (size - few) / few)
        count.update([VisitCountRow.imported.add(more), VisitCountRow.being_read.add(more)])
    user.composition.links.update(link, batch=replace(link.batch, seen=size))
    return batch_id


def _show_links(user: LinkedUser) -> ShowLinks:
    history = ImportHistory(
        import_records_table="records",
        waiting_files_table="waiting_files",
        reservations_table="reservations",
        reading_jobs_table="reading_jobs",
    )
    links = LinkStore("links", "audit_trail")
    return ShowLinks(links, history, DeliveryHistory("deliveries"), ExpenseReader("expenses"), user.clock)


def _poll(user: LinkedUser, show: ShowLinks, size: int) -> AwsCalls:
    before = replace(user.calls, requests=Counter(user.calls.requests))
    (shown,) = show(HostSession(USER.user_id, USER.company_id, "user", "team", "en"))
    if shown.imports is None or shown.imports.batch is None or shown.imports.batch.seen != size:
        raise RuntimeError(f"not what was imported: {shown}")
    return user.calls.minus(before)
