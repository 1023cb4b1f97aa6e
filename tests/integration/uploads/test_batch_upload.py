"""The batch upload through the real SDK and over HTTP: few calls, right files, whatever breaks on the way."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from local.dropbox_emulator import (
    SYNCHRONISATION_APP,
    Account,
    CostModel,
    DropboxEmulator,
    Effect,
    ExpireTokens,
    Fault,
    RateLimited,
    Reset,
    RevokeTokens,
    SetQuota,
    Status,
    SuspendUser,
)
from shared.domain import errors
from shared.domain.cloud_uploads import Commit, CommitReport, OutgoingDocument, SendReport
from shared.domain.errors import (
    DropboxUnavailable,
    IntegrationError,
    LinkRevoked,
    LinkSuspended,
    PathConflict,
    QuotaFull,
)
from shared.dropbox_api.batch_sending import UploadLimits
from shared.dropbox_api.client import DropboxClient
from shared.dropbox_api.gateway import DropboxAccount
from shared.dropbox_api.oauth import DropboxOauth
from shared.dropbox_api.upload_sessions import UploadSessions
from testing.fakes.crashing import CallCounter, Killed

KIBIBYTE = 1024
# The real limits and sizes divided by 1,024: the same number of calls, a thousandth of the bytes.
SCALED = UploadLimits(body_bytes=32 * KIBIBYTE)
MIXED = [0, 1, 900, 7_000, 12_000, 25_000, 32_768, 32_769, 70_000]
START_BATCH = "files/upload_session/start_batch"
START = "files/upload_session/start"
APPEND = "files/upload_session/append_v2"
APPEND_BATCH = "files/upload_session/append_batch"
FINISH_BATCH = "files/upload_session/finish_batch_v2"
UPLOAD = "files/upload"
SCOPES = ["account_info.read", "files.metadata.read", "files.content.write"]
VERIFIER = "v" * 43
_names = (f"company{number}" for number in itertools.count())


@dataclass
class Scene:
    """A company's account, as its owner sees it, and the upload into it."""

    emulator: DropboxEmulator
    account: Account
    dropbox: DropboxAccount
    slept: list[float] = field(default_factory=list)

    def fault(self, answer: Effect, route: str, **which: Any) -> None:
        self.emulator.faults.add(Fault(route=route, account=self.account.name, answer=answer, **which))

    def count(self, route: str | None = None) -> int:
        return self.emulator.calls.count(route, account=self.account.name)

    def upload(self, outgoing: Sequence[OutgoingDocument]) -> tuple[SendReport, CommitReport]:
        return upload(self.dropbox.send_documents, self.dropbox.commit_documents, outgoing)

    def files(self) -> dict[str, bytes]:
        return self.account.tree_contents()


def refresh_token(emulator: DropboxEmulator, account: Account) -> str:
    """What the administrator's consent gives: PKCE, and so a token that needs no app's secret."""
    oauth = DropboxOauth(
        app_key=SYNCHRONISATION_APP.key,
        authorize_url=f"{emulator.url}/oauth2/authorize",
        callback_url=SYNCHRONISATION_APP.redirect_uris[0],
        session=emulator.session(),
    )
    url = oauth.authorize_url(state="s", code_verifier=VERIFIER, scopes=SCOPES, locale="en")
    redirected = emulator.consent(url, account)
    code = parse_qs(urlsplit(redirected).query)["code"][0]
    return oauth.exchange(code=code, code_verifier=VERIFIER).refresh_token


def upload(
    send: Callable[[Sequence[OutgoingDocument]], SendReport],
    commit: Callable[[Sequence[Commit]], CommitReport],
    outgoing: Sequence[OutgoingDocument],
) -> tuple[SendReport, CommitReport]:
    sent = send(outgoing)
    return sent, commit([Commit(document, path_of(key)) for key, document in sent.sent.items()])


def path_of(key: str) -> str:
    return f"/Jenji/2026/03/Jane Doe/{key}.pdf"


def contents(number: int, size: int) -> bytes:
    return hashlib.shake_128(b"%d" % number).digest(size)


def documents(*sizes: int) -> list[OutgoingDocument]:
    return [document(f"{number:04}", contents(number, size)) for number, size in enumerate(sizes)]


def document(key: str, data: bytes) -> OutgoingDocument:
    @contextmanager
    def read() -> Iterator[Iterable[bytes]]:
        yield (data[start : start + 5000] for start in range(0, len(data), 5000))

    return OutgoingDocument(key, len(data), hashlib.sha256(data).hexdigest(), read)


def expected(*sizes: int) -> dict[str, bytes]:
    return {path_of(f"{number:04}"): contents(number, size) for number, size in enumerate(sizes)}


@pytest.fixture(scope="module")
def emulator() -> Iterator[DropboxEmulator]:
    with DropboxEmulator() as emulator:
        yield emulator


@pytest.fixture
def scene(emulator: DropboxEmulator) -> Iterator[Scene]:
    account = emulator.add_account(next(_names))
    slept: list[float] = []
    dropbox_account = DropboxAccount(
        app_key=SYNCHRONISATION_APP.key,
        refresh_token=refresh_token(emulator, account),
        session=emulator.session(),
        upload_limits=SCALED,
        sleep=slept.append,
    )
    dropbox_account.ensure_folder("/Jenji")
    emulator.calls.clear()
    yield Scene(emulator, account, dropbox_account, slept)
    emulator.faults.clear()
    emulator.costs = CostModel()


@pytest.mark.parametrize(("size", "most_calls"), [(100, 12), (3 * KIBIBYTE * 1000 // 1024, 24)])
def test_two_hundred_documents_take_a_handful_of_calls(scene: Scene, size: int, most_calls: int) -> None:
    sizes = [size] * 200

    _, report = scene.upload(documents(*sizes))

    assert len(report.committed) == 200
    assert scene.files() == expected(*sizes)
    assert scene.count() <= most_calls


def test_one_document_takes_two_calls(scene: Scene) -> None:
    scene.upload(documents(1000))

    assert scene.files() == expected(1000)
    assert scene.count() == 2


def test_documents_of_all_sizes_arrive_unaltered(scene: Scene) -> None:
    _, report = scene.upload(documents(*MIXED))

    assert (len(report.committed), report.failed, report.stopped_by) == (len(MIXED), {}, None)
    assert scene.files() == expected(*MIXED)


def test_nothing_is_visible_before_it_is_committed(scene: Scene) -> None:
    report = scene.dropbox.send_documents(documents(*MIXED))

    assert len(report.sent) == len(MIXED)
    assert scene.files() == {}


def test_the_same_documents_at_the_same_paths_once_more_are_success_and_write_nothing(scene: Scene) -> None:
    _, first = scene.upload(documents(*MIXED))

    _, again = scene.upload(documents(*MIXED))

    assert again == first
    assert scene.files() == expected(*MIXED)


def test_somebodys_own_file_is_left_alone_and_the_same_session_committed_elsewhere(scene: Scene) -> None:
    scene.account.write(path_of("0001"), b"somebody's own")
    sent, report = scene.upload(documents(10, 11, 12))
    scene.emulator.calls.clear()

    elsewhere = scene.dropbox.commit_documents([Commit(sent.sent["0001"], path_of("0001 7F3K2"))])

    assert isinstance(report.failed["0001"], PathConflict)
    assert scene.count() == 1
    assert elsewhere.committed["0001"].file.path == path_of("0001 7F3K2")
    assert scene.files()[path_of("0001")] == b"somebody's own"
    assert scene.files()[path_of("0001 7F3K2")] == contents(1, 11)


def test_a_file_where_a_folder_must_be_is_a_conflict(scene: Scene) -> None:
    scene.account.write("/Jenji/2026", b"a file")

    _, report = scene.upload(documents(10, 11))

    assert all(isinstance(error, PathConflict) for error in report.failed.values())
    assert scene.files() == {"/Jenji/2026": b"a file"}


def test_a_full_account_takes_what_fits(scene: Scene) -> None:
    scene.fault(SetQuota(25), FINISH_BATCH)

    _, report = scene.upload(documents(10, 11, 12, 13))

    assert all(isinstance(error, QuotaFull) for error in report.failed.values())
    assert 0 < len(report.committed) < 4
    assert set(scene.files()) == {path_of(key) for key in report.committed}


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("route", [START_BATCH, START, APPEND_BATCH, APPEND, FINISH_BATCH])
@pytest.mark.parametrize(
    "answer",
    [Reset(), Reset(took_effect=True), Status(503), Status(500, took_effect=True)],
    ids=["reset", "reset after it took effect", "503", "500 after it took effect"],
)
def test_a_call_that_breaks_once_is_repeated_without_harm(
    scene: Scene, route: str, answer: Effect, nth: int
) -> None:
    scene.fault(answer, route, nth=nth, times=1)

    _, report = scene.upload(documents(*MIXED))

    assert (len(report.committed), report.failed, report.stopped_by) == (len(MIXED), {}, None)
    assert scene.files() == expected(*MIXED)


@pytest.mark.parametrize("status", [400, 404, 413, 431, 501])
@pytest.mark.parametrize("route", [START_BATCH, APPEND_BATCH])
def test_where_groups_are_refused_each_document_goes_alone(scene: Scene, route: str, status: int) -> None:
    scene.fault(Status(status, text="<html>No.</html>", content_type="text/html"), route)

    _, report = scene.upload(documents(*MIXED))

    assert (len(report.committed), report.failed) == (len(MIXED), {})
    assert scene.files() == expected(*MIXED)


@pytest.mark.parametrize("plain_text", [True, False])
@pytest.mark.parametrize("route", [START_BATCH, START, APPEND_BATCH, APPEND, FINISH_BATCH])
def test_a_rate_limit_is_handed_up_and_fails_nothing(scene: Scene, route: str, plain_text: bool) -> None:
    scene.fault(RateLimited(retry_after=30, plain_text=plain_text), route)

    sent, report = scene.upload(documents(*MIXED))

    stopped_by = sent.stopped_by or report.stopped_by
    assert isinstance(stopped_by, errors.RateLimited)
    assert stopped_by.retry_after == 30
    assert (sent.failed, report.failed, scene.slept) == ({}, {}, [])


@pytest.mark.parametrize(("answer", "error"), [(RevokeTokens(), LinkRevoked), (SuspendUser(), LinkSuspended)])
@pytest.mark.parametrize("route", [START_BATCH, START, APPEND_BATCH, APPEND, FINISH_BATCH])
def test_what_ends_the_account_is_handed_up_and_fails_nothing(
    scene: Scene, route: str, answer: Effect, error: type[IntegrationError]
) -> None:
    scene.fault(answer, route)

    sent, report = scene.upload(documents(*MIXED))

    assert any(isinstance(each, error) for each in (sent.stopped_by, report.stopped_by))
    assert (sent.failed, report.failed) == ({}, {})


def test_after_an_outage_the_same_upload_ends_in_one_right_file_each(scene: Scene) -> None:
    scene.fault(Status(503, took_effect=True), FINISH_BATCH)
    _, during = scene.upload(documents(*MIXED))
    scene.emulator.faults.clear()

    _, after = scene.upload(documents(*MIXED))

    assert isinstance(during.stopped_by, DropboxUnavailable)
    assert len(after.committed) == len(MIXED)
    assert scene.files() == expected(*MIXED)


def test_an_expired_token_is_refreshed_on_the_way(scene: Scene) -> None:
    scene.fault(ExpireTokens(), APPEND_BATCH, times=1)

    _, report = scene.upload(documents(*[100] * 200))

    assert len(report.committed) == 200


def test_none_of_our_commits_meets_another(scene: Scene) -> None:
    scene.emulator.costs = CostModel(commit=0.01, refuses_when_locked=True)

    _, report = scene.upload(documents(*MIXED))
    scene.dropbox.upload_small("/Jenji/Expenses.csv", b"1")

    assert (len(report.committed), scene.slept) == (len(MIXED), [])


def kill_points(emulator: DropboxEmulator) -> int:
    counter = CallCounter()
    account, uploads = counted_uploads(emulator, counter)
    upload(uploads.send, uploads.commit, documents(*MIXED))
    assert account.tree_contents() == expected(*MIXED)
    return counter.count


def counted_uploads(
    emulator: DropboxEmulator, counter: CallCounter, account: Account | None = None
) -> tuple[Account, UploadSessions]:
    account = account or emulator.add_account(next(_names))
    token = emulator.authorizations.refresh(
        SYNCHRONISATION_APP.key,
        emulator.link(SYNCHRONISATION_APP.key, account),
        None,
        has_secret=True,
    )
    client = DropboxClient(access_token=token, session=emulator.session(), timeout=(5, 30))
    return account, UploadSessions(counter.wrap(client), limits=SCALED)


@pytest.mark.parametrize("after", [False, True], ids=["before the call", "after it"])
def test_killed_at_any_call_and_begun_again_ends_in_exactly_one_right_file_each(
    emulator: DropboxEmulator, after: bool
) -> None:
    for dies_at in range(1, kill_points(emulator) + 1):
        account, uploads = counted_uploads(emulator, CallCounter(dies_at, after=after))
        with pytest.raises(Killed):
            upload(uploads.send, uploads.commit, documents(*MIXED))

        _, again = counted_uploads(emulator, CallCounter(), account)
        _, report = upload(again.send, again.commit, documents(*MIXED))

        assert (len(report.committed), report.failed, report.stopped_by) == (len(MIXED), {}, None)
        assert account.tree_contents() == expected(*MIXED)


def test_a_small_file_is_written_rewritten_and_left_alone_once_somebody_changed_it(scene: Scene) -> None:
    first = scene.dropbox.upload_small("/Jenji/Expenses.csv", b"one")
    second = scene.dropbox.upload_small("/Jenji/Expenses.csv", b"two", first.rev)
    same = scene.dropbox.upload_small("/Jenji/Expenses.csv", b"two")
    scene.account.write("/Jenji/Expenses.csv", b"somebody's")

    with pytest.raises(PathConflict):
        scene.dropbox.upload_small("/Jenji/Expenses.csv", b"three", second.rev)

    assert same.rev == second.rev != first.rev
    assert scene.files() == {"/Jenji/Expenses.csv": b"somebody's"}


def test_a_small_file_that_was_deleted_is_written_anew(scene: Scene) -> None:
    first = scene.dropbox.upload_small("/Jenji/Expenses.csv", b"one")
    scene.account.delete("/Jenji/Expenses.csv")

    scene.dropbox.upload_small("/Jenji/Expenses.csv", b"two", first.rev)

    assert scene.files() == {"/Jenji/Expenses.csv": b"two"}


def test_a_small_file_whose_answer_was_lost_is_written_once(scene: Scene) -> None:
    first = scene.dropbox.upload_small("/Jenji/Expenses.csv", b"one")
    scene.fault(Reset(took_effect=True), UPLOAD, times=1)

    second = scene.dropbox.upload_small("/Jenji/Expenses.csv", b"two", first.rev)

    assert scene.files() == {"/Jenji/Expenses.csv": b"two"}
    assert second.rev != first.rev
