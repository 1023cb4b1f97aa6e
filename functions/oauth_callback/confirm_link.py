"""Step 3 of linking: the user who started confirms; the code becomes a token and the attempt a link.

A confirm may be repeated, may meet itself, and may die anywhere: link, reservation and completed attempt are
one transaction, and a code that was spent without it ends as `expired`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from functions.oauth_callback.attempt_keys import parse_key
from functions.oauth_callback.dropbox_apps import Apps, DropboxApp
from functions.oauth_callback.ports import Attempts, Cipher, Revocations
from functions.oauth_callback.relinking import in_place_of
from shared.domain.encryption_contexts import code_context, refresh_token_context
from shared.domain.errors import (
    AccountAlreadyLinked,
    AwsFailed,
    AwsUnavailable,
    Broken,
    CodeRejected,
    IntegrationError,
    LinkChanged,
    LinkKeepsChanging,
    LinkRefused,
    RefusalCode,
)
from shared.domain.grants import AccountOwner, Grant
from shared.domain.link_attempts import LinkAttempt
from shared.domain.links import Link, LinkStatus, Purpose, link_id_for
from shared.domain.revocations import TRIED_FOR, Revocation
from shared.domain.timestamps import Clock, utc_now
from shared.doorbells.messages import doorbell_of, is_account_id
from shared.http.host_session import HostSession, check_may_link
from shared.ports import Links

TRANSACTION_TRIES = 4
# A second confirm of the same attempt waits this long for the first, which has spent the code.
OTHER_CONFIRM_LOOKS = 20
OTHER_CONFIRM_PAUSE_SECONDS = 0.25


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
        if attempt.expires_at <= self.now():
            raise LinkRefused(RefusalCode.EXPIRED)
        try:
            return self._make(session, attempt, app, correlation_id)
        except CodeRejected:
            return self._made_by_another_confirm(attempt)

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

    def _make(
        self, session: HostSession, attempt: LinkAttempt, app: DropboxApp, correlation_id: str
    ) -> Confirmed:
        grant = self._exchange(attempt, app)
        try:
            link = self._link_of(session, attempt, grant, _owner_of(grant, app))
        except Exception:  # whatever it is, nothing is stored yet
            self._leave_to_be_revoked(attempt, grant)
            raise
        try:
            link = self._store(attempt, link)
        except LinkRefused as refused:
            if refused.code is RefusalCode.ALREADY_USED:
                return self._made_by_another_confirm(attempt)
            self._leave_to_be_revoked(attempt, grant)
            raise
        except LinkKeepsChanging:
            self._leave_to_be_revoked(attempt, grant)
            raise
        except AwsFailed:
            # An answer may have been lost: a link that was made keeps its grant. Unknown, nothing is revoked.
            if self._is_completed(attempt):
                return self._made_by_another_confirm(attempt)
            self._leave_to_be_revoked(attempt, grant)
            raise
        return Confirmed(link, _begin(app, link, grant, correlation_id))

    def _is_completed(self, attempt: LinkAttempt) -> bool:
        now_it_is = self.attempts.get(attempt.attempt_id)
        return now_it_is is not None and now_it_is.completed_at is not None

    def _exchange(self, attempt: LinkAttempt, app: DropboxApp) -> Grant:
        """Spend the code. Raises CodeRejected where it is dead."""
        if attempt.encrypted_code is None or attempt.code_verifier is None:
            raise CodeRejected("the attempt was completed in the meantime")
        context = code_context(attempt.attempt_id, attempt.purpose.value)
        code = self.cipher.decrypt(attempt.encrypted_code, context)
        with _refused_by_dropbox():
            return app.oauth.exchange(code=code, code_verifier=attempt.code_verifier)

    def _leave_to_be_revoked(self, attempt: LinkAttempt, grant: Grant) -> None:
        """No link will ever use it. Where this fails, it lies in Dropbox unused until its user removes it."""
        now, purpose = self.now(), attempt.purpose
        link_id = link_id_for(purpose, attempt.user_id, attempt.company_id)
        with suppress(AwsFailed):
            revocation = Revocation(
                link_id=link_id,
                which=f"attempt-{attempt.attempt_id}",
                purpose=purpose,
                account_id=grant.account_id,
                encrypted_token=self._encrypted(grant, link_id, purpose),
                until=now + TRIED_FOR,
                next_try=now,
            )
            self.revocations.add(revocation)

    def _encrypted(self, grant: Grant, link_id: str, purpose: Purpose) -> bytes:
        return self.cipher.encrypt(grant.refresh_token, refresh_token_context(link_id, purpose.value))

    def _link_of(self, session: HostSession, attempt: LinkAttempt, grant: Grant, owner: AccountOwner) -> Link:
        """A first link; `_store` puts it in the place of the one that is there.

        Due at once: the sweep rings if everything after the transaction fails.
        """
        now, purpose = self.now(), attempt.purpose
        link_id = link_id_for(purpose, session.user_id, session.company_id)
        return Link(
            link_id=link_id,
            purpose=purpose,
            user_id=session.user_id,
            company_id=session.company_id,
            account_id=owner.account_id,
            account_name=owner.name,
            account_email=owner.email,
            account_locale=owner.locale,
            team_space_id=owner.team_space_id if purpose is Purpose.SYNCHRONISATION else None,
            encrypted_token=self._encrypted(grant, link_id, purpose),
            status=LinkStatus.ACTIVE,
            status_since=now,
            generation=1,
            linked_at=now,
            next_due=now,
        )

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
        link = in_place_of(previous, link, attempt.since)
        self.attempts.complete(attempt, link, previous, self.now())
        return link

    def _made_before(self, attempt: LinkAttempt) -> Confirmed:
        """The same answer again, unless another attempt has made the link again since."""
        link = self.links.get(link_id_for(attempt.purpose, attempt.user_id, attempt.company_id))
        if link is None or link.generation != attempt.link_generation:
            raise LinkRefused(RefusalCode.ALREADY_USED)
        return Confirmed(link)

    def _made_by_another_confirm(self, attempt: LinkAttempt) -> Confirmed:
        """The code is spent: by a confirm that is about to complete, or by one that died."""
        for _ in range(OTHER_CONFIRM_LOOKS):
            now_it_is = self.attempts.get(attempt.attempt_id)
            if now_it_is is not None and now_it_is.completed_at is not None:
                return self._made_before(now_it_is)
            self.sleep(OTHER_CONFIRM_PAUSE_SECONDS)
        raise LinkRefused(RefusalCode.EXPIRED)


@contextmanager
def _refused_by_dropbox() -> Iterator[None]:
    """What Dropbox refuses for good is a link that is not made."""
    try:
        yield
    except CodeRejected:
        raise
    except Broken as error:
        raise LinkRefused(RefusalCode.DROPBOX_ERROR) from error


def _owner_of(grant: Grant, app: DropboxApp) -> AccountOwner:
    """Whose account it is, where the grant is as it should be."""
    if not grant.scopes.issuperset(app.scopes):
        raise LinkRefused(RefusalCode.MISSING_SCOPE)
    with _refused_by_dropbox():
        owner = app.oauth.owner(grant)
    if owner.account_id != grant.account_id or not is_account_id(owner.account_id):
        raise LinkRefused(RefusalCode.DROPBOX_ERROR)
    return owner


def _begin(app: DropboxApp, link: Link, grant: Grant, correlation_id: str) -> tuple[str, ...]:
    """Ring, and create the folder. The names of what failed: the link stands all the same.

    Ringing comes first: it is quick, and whatever happens to the folder then, a drain creates it.
    """
    beginnings: dict[str, Callable[[], None]] = {
        "doorbell": lambda: app.ring(doorbell_of(link, correlation_id)),
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
