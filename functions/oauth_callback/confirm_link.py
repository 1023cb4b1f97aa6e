"""Step 3 of linking: the user who started confirms; the code becomes a token and the attempt a link.

A confirm may be repeated, may meet itself, and may die anywhere. One confirm at a time spends the code. What
Dropbox grants for it is noted as to be revoked before anything else is done with it, and the transaction that
makes the link takes the note back: where something fails in between, no grant outlives it without a link.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from functions.oauth_callback.attempt_keys import parse_key
from functions.oauth_callback.dropbox_apps import SHARING_SCOPES, Apps, DropboxApp
from functions.oauth_callback.grant_notes import grant_note, grant_note_id
from functions.oauth_callback.ports import Attempts, Cipher, Revocations
from functions.oauth_callback.relinking import first_link, in_place_of
from shared.domain.encryption_contexts import code_context, refresh_token_context
from shared.domain.errors import (
    AccountAlreadyLinked,
    AwsFailed,
    AwsUnavailable,
    Broken,
    CodeRejected,
    ConfirmUnderWay,
    IntegrationError,
    LinkChanged,
    LinkKeepsChanging,
    LinkRefused,
    RefusalCode,
)
from shared.domain.grants import AccountOwner, Grant
from shared.domain.link_attempts import LinkAttempt
from shared.domain.links import Link, LinkStatus
from shared.domain.revocations import Revocation
from shared.domain.timestamps import Clock, utc_now
from shared.doorbells.messages import doorbell_of_new, is_account_id
from shared.http.host_session import HostSession, check_may_link
from shared.ports import Links

TRANSACTION_TRIES = 4
NOTING_TRIES = 3
# A second confirm of the same attempt waits this long for the first, which spends the code.
OTHER_CONFIRM_LOOKS = 20
OTHER_CONFIRM_PAUSE_SECONDS = 0.25
CONFIRMS_END_WITHIN = timedelta(seconds=30)
"""The function's timeout and a little: a confirm that began longer ago is dead."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The link as it is; `left_to_drain` names what of its beginning failed and the drain will repeat."""

    link: Link
    left_to_drain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmLink:
    """Called with a session and the handle of step 2."""

    attempts: Attempts
    links: Links
    cipher: Cipher
    apps: Apps
    revocations: Revocations
    now: Clock = utc_now
    sleep: Callable[[float], None] = time.sleep

    def __call__(self, session: HostSession, handle: object, correlation_id: str = "") -> Confirmed:
        """Raises RequestRefused, LinkKeepsChanging, and Retryable errors of AWS and Dropbox."""
        attempt = self._attempt_of(session, handle)
        app = self._app_for(session, attempt)
        if attempt.completed_at is not None:
            return self._made_before(attempt)
        if attempt.is_over or attempt.expires_at <= self.now():
            raise LinkRefused(RefusalCode.EXPIRED)
        try:
            self.attempts.begin_confirm(attempt, self.now(), self.now() - CONFIRMS_END_WITHIN)
        except ConfirmUnderWay:
            return self._made_by_another_confirm(attempt)
        return self._confirm_alone(session, attempt, app, correlation_id)

    def _attempt_of(self, session: HostSession, handle: object) -> LinkAttempt:
        key = parse_key(handle)
        attempt = self.attempts.get(key.attempt_id)
        if attempt is None or not key.opens(attempt.handle_hash):
            raise LinkRefused(RefusalCode.INVALID_REQUEST)
        if (attempt.user_id, attempt.company_id) != (session.user_id, session.company_id):
            # Or somebody could have a victim's Dropbox linked to their own account.
            raise LinkRefused(RefusalCode.OTHER_USER)
        return attempt

    def _app_for(self, session: HostSession, attempt: LinkAttempt) -> DropboxApp:
        check_may_link(session, attempt.purpose)
        app = self.apps.get(attempt.purpose)
        if app is None:
            raise LinkRefused(RefusalCode.PURPOSE_UNAVAILABLE)
        return app

    def _confirm_alone(
        self, session: HostSession, attempt: LinkAttempt, app: DropboxApp, correlation_id: str
    ) -> Confirmed:
        try:
            grant = self._exchange(attempt, app)
        except CodeRejected as error:
            self._end(attempt)
            raise LinkRefused(RefusalCode.EXPIRED) from error
        except IntegrationError:
            self._let_another_confirm(attempt)  # the code is good still
            raise
        try:
            return self._make(session, attempt, app, grant, correlation_id)
        except IntegrationError:
            self._end(attempt)
            raise

    def _make(
        self, session: HostSession, attempt: LinkAttempt, app: DropboxApp, grant: Grant, correlation_id: str
    ) -> Confirmed:
        encrypted_token = self._note(attempt, app, grant)
        owner = _owner_of(grant, app, attempt)
        may_share = grant.scopes.issuperset(SHARING_SCOPES)
        link = first_link(session, attempt, encrypted_token, owner, may_share=may_share, now=self.now())
        try:
            link = self._store(attempt, link)
        except LinkRefused as refused:
            if refused.code is RefusalCode.ALREADY_USED:  # by this very transaction, whose answer was lost
                return self._made_by_another_confirm(attempt)
            raise
        except AwsFailed:
            if self._is_completed(attempt):
                return self._made_by_another_confirm(attempt)
            raise
        return Confirmed(link, _begin(app, link, grant, correlation_id))

    def _is_completed(self, attempt: LinkAttempt) -> bool:
        now_it_is = self.attempts.get(attempt.attempt_id)
        return now_it_is is not None and now_it_is.completed_at is not None

    def _exchange(self, attempt: LinkAttempt, app: DropboxApp) -> Grant:
        """Spend the code. Raises CodeRejected where it is dead."""
        if attempt.encrypted_code is None or attempt.code_verifier is None:
            raise CodeRejected("the attempt has no code")
        context = code_context(attempt.attempt_id, attempt.purpose.value)
        code = self.cipher.decrypt(attempt.encrypted_code, context)
        with _refused_by_dropbox():
            return app.oauth.exchange(code=code, code_verifier=attempt.code_verifier)

    def _note(self, attempt: LinkAttempt, app: DropboxApp, grant: Grant) -> bytes:
        """Note that the grant is to be revoked unless it becomes a link's. Returns its ciphertext.

        Where AWS takes no note of it Dropbox is told at once, and no link is made.
        """
        try:
            encrypted_token = self._encrypted(grant, attempt)
            self._add(grant_note(attempt, grant, encrypted_token, self.now()))
        except AwsFailed:
            with suppress(IntegrationError):
                app.revoke(grant.refresh_token)
            raise
        return encrypted_token

    def _encrypted(self, grant: Grant, attempt: LinkAttempt) -> bytes:
        context = refresh_token_context(attempt.link_id, attempt.purpose.value)
        return self.cipher.encrypt(grant.refresh_token, context)

    def _add(self, revocation: Revocation) -> None:
        for _ in range(NOTING_TRIES - 1):
            with suppress(AwsUnavailable):
                return self.revocations.add(revocation)
            self.sleep(OTHER_CONFIRM_PAUSE_SECONDS)
        return self.revocations.add(revocation)

    def _end(self, attempt: LinkAttempt) -> None:
        """The code is spent for nothing: a second confirmation is told at once."""
        with suppress(AwsFailed):
            self.attempts.end(attempt)

    def _let_another_confirm(self, attempt: LinkAttempt) -> None:
        with suppress(AwsFailed):
            self.attempts.end_confirm(attempt)

    def _store(self, attempt: LinkAttempt, link: Link) -> Link:
        """Another attempt's confirm, or a conflict, may get in between: look again, and write again."""
        unavailable: AwsUnavailable | None = None
        for _ in range(TRANSACTION_TRIES):
            try:
                return self._store_once(attempt, link)
            except AccountAlreadyLinked as error:
                raise LinkRefused(RefusalCode.ACCOUNT_ALREADY_LINKED) from error
            except LinkChanged:
                unavailable = None
            except AwsUnavailable as error:
                unavailable = error
            self.sleep(OTHER_CONFIRM_PAUSE_SECONDS)
        raise unavailable or LinkKeepsChanging(link.link_id)

    def _store_once(self, attempt: LinkAttempt, link: Link) -> Link:
        previous = self.links.get(link.link_id)
        if attempt.is_for_sharing:
            _check_is_same_account(previous, link)
        link = in_place_of(previous, link, attempt.since)
        self.attempts.complete(attempt, link, previous, grant_note_id(attempt), self.now())
        return link

    def _made_before(self, attempt: LinkAttempt) -> Confirmed:
        """The same answer again, unless another attempt has made the link again since."""
        link = self.links.get(attempt.link_id)
        if link is None or link.generation != attempt.link_generation:
            raise LinkRefused(RefusalCode.ALREADY_USED)
        return Confirmed(link)

    def _made_by_another_confirm(self, attempt: LinkAttempt) -> Confirmed:
        """The code is being spent: by a confirm that is about to complete, or by one that died."""
        for _ in range(OTHER_CONFIRM_LOOKS):
            now_it_is = self.attempts.get(attempt.attempt_id)
            if now_it_is is None or now_it_is.is_over:
                break
            if now_it_is.completed_at is not None:
                return self._made_before(now_it_is)
            self.sleep(OTHER_CONFIRM_PAUSE_SECONDS)
        raise LinkRefused(RefusalCode.EXPIRED)


def _check_is_same_account(previous: Link | None, link: Link) -> None:
    """Who allows sharing is not to move the company's documents to another Dropbox by the way."""
    if previous is None or previous.status is LinkStatus.UNLINKED:
        raise LinkRefused(RefusalCode.NOT_LINKED)
    if previous.account_id != link.account_id:
        raise LinkRefused(RefusalCode.OTHER_ACCOUNT)


@contextmanager
def _refused_by_dropbox() -> Iterator[None]:
    """What Dropbox refuses for good is a link that is not made."""
    try:
        yield
    except CodeRejected:
        raise
    except Broken as error:
        raise LinkRefused(RefusalCode.DROPBOX_ERROR) from error


def _owner_of(grant: Grant, app: DropboxApp, attempt: LinkAttempt) -> AccountOwner:
    """Whose account it is, where the grant is as it should be."""
    asked = (*app.scopes, *SHARING_SCOPES) if attempt.is_for_sharing else app.scopes
    if not grant.scopes.issuperset(asked):
        raise LinkRefused(RefusalCode.MISSING_SCOPE)
    with _refused_by_dropbox():
        owner = app.oauth.owner(grant)
    if owner.account_id != grant.account_id or not is_account_id(owner.account_id):
        raise LinkRefused(RefusalCode.DROPBOX_ERROR)
    return owner


def _begin(app: DropboxApp, link: Link, grant: Grant, correlation_id: str) -> tuple[str, ...]:
    """Ring, and create the folder. The names of what failed: the link stands all the same.

    Ringing comes first: it is quick, and a drain creates the folder where this fails.
    """
    beginnings: dict[str, Callable[[], None]] = {
        "doorbell": lambda: app.ring(doorbell_of_new(link, correlation_id)),
    }
    if link.root_namespace_id is None:  # in a team's space the first delivery makes it
        beginnings["folder"] = lambda: app.open_account(grant.refresh_token).ensure_folder(app.folder)
    return tuple(name for name, begin in beginnings.items() if not _succeeds(begin))


def _succeeds(begin: Callable[[], None]) -> bool:
    try:
        begin()
    except IntegrationError:
        return False
    return True
