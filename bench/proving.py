"""What a proof of a large folder takes: calls, processor seconds, and memory of the process that compares."""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import Figure, Table
from functions.document_sync.proving.prove_folder import prove_folder
from functions.document_sync.sync_run import SyncRun, SyncServices
from shared.domain.cloud_files import ListedEntry, ListedPage, RemoteFile
from shared.domain.cloud_uploads import CommittedFile
from shared.domain.deliveries import Delivery, DeliveryKey, Place, new_delivery
from shared.domain.links import Link, LinkStatus, Purpose
from shared.domain.proofs import Finding, FolderProof, FoundDocument, PendingProof
from testing.fakes.company_dropbox import FakeCompanyDropbox

SIZES = (10_000, 100_000)
A_PAGE = 2000
ROWS_A_PAGE = 1000
EVERY = 100
"""Of so many documents one is missing, one changed, one moved and one doubled."""
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
COMPANY, ACCOUNT = "atelier", "dbid:first"


def measure() -> Iterator[Table]:
    """Each size in a process of its own."""
    figures = []
    for documents in SIZES:
        command = [sys.executable, "-m", "bench.proving", str(documents)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own
        told = json.loads(answer.stdout)
        calls = ", ".join(f"{count:,} {name}" for name, count in sorted(told["calls"].items()))
        figures.append(
            Figure(
                f"{documents:,} documents",
                f"{told['seconds']:.1f} s, {told['megabytes']:.0f} MB more",
                aim="memory that does not grow",
                remark=f"{told['counts']}; {calls}",
            )
        )
    yield Table("Proof: a made-up folder, listed, compared and written", "", figures)


def _path(number: int) -> str:
    month = number % 60
    return f"/Jenji/{2022 + month // 12}/{month % 12 + 1:02d}/Employee {number % 97}/Receipt {number:07d}.pdf"


def _hash(number: int) -> str:
    return f"{number:064x}"


class _Folder(FakeCompanyDropbox):
    """A folder that is made up page by page; nothing of it is kept."""

    def __init__(self, documents: int, calls: Counter[str]) -> None:
        self._documents, self._calls = documents, calls

    def list_page(self, _folder: str, cursor: str | None) -> ListedPage:
        self._calls["Dropbox list_folder"] += 1
        first = int(cursor or 0)
        last = min(first + A_PAGE, self._documents)
        entries = [entry for number in range(first, last) for entry in _entries(number)]
        return ListedPage(tuple(entries), str(last), has_more=last < self._documents)

    def find_at(self, _path: str) -> None:
        self._calls["Dropbox get_metadata"] += 1

    def upload_small(self, _path: str, _data: bytes, _rev: str | None) -> CommittedFile:
        self._calls["Dropbox upload"] += 1
        return CommittedFile(RemoteFile("id:1", "/Jenji/Proof.csv", 1, "", NOW), "1")


def _entries(number: int) -> list[ListedEntry]:
    here = ListedEntry(_path(number), _hash(number))
    match number % EVERY:
        case 1:
            return []
        case 2:
            return [ListedEntry(_path(number), _hash(number + 10**9))]
        case 3:
            return [ListedEntry(f"/Jenji/To check/{number}.pdf", _hash(number))]
        case 4:
            return [here, ListedEntry(f"/Jenji/Copies/{number}.pdf", _hash(number))]
    return [here]


class _Deliveries:
    def __init__(self, documents: int, calls: Counter[str]) -> None:
        self._documents, self._calls = documents, calls

    def filed_page(self, company_id: str, cursor: str | None) -> tuple[list[Delivery], str | None]:
        self._calls["DynamoDB Query"] += 1
        first = int(cursor or 0)
        last = min(first + ROWS_A_PAGE, self._documents)
        page = [_delivery(company_id, number) for number in range(first, last)]
        return page, str(last) if last < self._documents else None


def _delivery(company_id: str, number: int) -> Delivery:
    key = DeliveryKey(company_id, ACCOUNT, f"expense-{number}", f"document-{number}")
    place = Place(_path(number), "2026-11", "Employee")
    return new_delivery(key, NOW, NOW, "").delivered(
        place, content_hash=_hash(number), sha256=_hash(number), space=None, at=NOW
    )


class _Pages:
    """As S3 keeps them, on disk."""

    def __init__(self, directory: Path, calls: Counter[str]) -> None:
        self._directory, self._calls = directory, calls

    def keep_listing(self, _company: str, _run: str, page: int, entries: Sequence[ListedEntry]) -> None:
        self._put(f"listing-{page}", [[entry.path, entry.content_hash] for entry in entries])

    def listing(self, _company: str, _run: str, page: int) -> list[ListedEntry]:
        return [ListedEntry(*row) for row in self._get(f"listing-{page}")]

    def keep_findings(self, _company: str, _run: str, page: int, found: Sequence[FoundDocument]) -> None:
        rows = [[each.finding, each.path, each.found_at, each.expense_id, each.document_id] for each in found]
        self._put(f"findings-{page}", rows)

    def findings(self, _company: str, _run: str, page: int) -> list[FoundDocument]:
        return [FoundDocument(Finding(kind), *row) for kind, *row in self._get(f"findings-{page}")]

    def _put(self, name: str, rows: object) -> None:
        self._calls["S3 PutObject"] += 1
        (self._directory / name).write_bytes(gzip.compress(json.dumps(rows).encode()))

    def _get(self, name: str) -> Any:  # noqa: ANN401 - what JSON holds
        self._calls["S3 GetObject"] += 1
        return json.loads(gzip.decompress((self._directory / name).read_bytes()))


class _Proofs:
    def __init__(self, calls: Counter[str]) -> None:
        pending = PendingProof("run-1", "bob", NOW, "request-1")
        self.proof = FolderProof(COMPANY, ACCOUNT, pending=pending)
        self._calls = calls

    def get(self, *_key: str) -> FolderProof:
        return self.proof

    def save(self, proof: FolderProof, _entry: object = None) -> FolderProof:
        self._calls["DynamoDB TransactWriteItems"] += 1
        self.proof = proof
        return proof


class _Manifests:
    def months(self, *_key: str) -> list[str]:
        return []


class _Links:
    def __init__(self, link: Link) -> None:
        self.link = link

    def get(self, _link_id: str) -> Link:
        return self.link

    def is_everything_paused(self) -> bool:
        return False


def prove(documents: int) -> dict[str, object]:
    """One proof in this process."""
    link = Link(
        link_id="company:atelier",
        purpose=Purpose.SYNCHRONISATION,
        user_id="bob",
        company_id=COMPANY,
        account_id=ACCOUNT,
        account_name="",
        account_email="",
        encrypted_token=b"",
        status=LinkStatus.ACTIVE,
        generation=1,
        linked_at=NOW,
    )
    calls: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as directory:
        proofs = _Proofs(calls)
        anything: Any = None
        unused: Callable[..., Any] = print
        services = SyncServices(
            deliveries=_Deliveries(documents, calls),  # type: ignore[arg-type] # all that proving asks of it
            manifests=_Manifests(),  # type: ignore[arg-type] # the same
            expenses=anything,
            open_document=unused,
            folder_for=unused,
            links=_Links(link),  # type: ignore[arg-type] # the same
            send_events=lambda _events: None,
            clock=lambda: NOW,
            sharings=anything,
            resends=anything,
            proofs=proofs,
            proof_pages=_Pages(Path(directory), calls),
        )
        run = SyncRun(
            services=services,
            link=link,
            is_careful=False,
            dropbox=_Folder(documents, calls),
            has_time=lambda: True,
        )
        before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        prove_folder(run)
        seconds = time.process_time() - started
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counts = proofs.proof.proved.counts if proofs.proof.proved else None
    if counts is None or counts.documents != documents:
        raise RuntimeError("not every document was looked for")
    said = f"{counts.present:,} present, {counts.missing:,} missing, {counts.moved:,} moved"
    return {"seconds": seconds, "megabytes": (after - before) / 1024, "counts": said, "calls": calls}


if __name__ == "__main__":
    print(json.dumps(prove(int(sys.argv[1]))))
