"""`/oauth2/authorize`, a page a person can click, and `/oauth2/token`."""

import json
from collections.abc import Mapping
from html import escape

from aiohttp import web

from local.dropbox_emulator.api.answers import json_answer, token_refusal
from local.dropbox_emulator.api.service import DropboxService
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.apps import App
from local.dropbox_emulator.oauth.authorize import (
    AuthorizationRefused,
    AuthorizationRequest,
    allow,
    deny,
    read_request,
)
from local.dropbox_emulator.oauth.credentials import basic, is_equal
from local.dropbox_emulator.oauth.grants import ACCESS_TOKEN_SECONDS, INVALID_CLIENT, Grant, GrantRefused

# So the token endpoint has answered since its first version; its errors are application/json.
_TOKEN_TYPE = "text/javascript"  # noqa: S105 - a content type

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 10vh auto; max-width: 30rem; padding: 0 1rem }}
h1 {{ font-size: 1.4rem }} li {{ font-family: ui-monospace, monospace; font-size: .9rem }}
label {{ display: block; padding: .3rem 0 }} footer {{ margin-top: 2rem; color: #736c64; font-size: .85rem }}
button {{ font: inherit; padding: .6rem 1.4rem; border: 1px solid #bbb; border-radius: .5rem }}
button.primary {{ background: #0061fe; color: white; border-color: #0061fe; margin-right: .6rem }}
</style></head><body><main>{body}</main>
<footer>Emulated Dropbox: nothing leaves this machine.</footer></body></html>"""

_CONSENT = """<h1>{app} would like access to {what}</h1>
<p>{app} asks for:</p><ul>{scopes}</ul>
<form method="post"><p>Which account?</p>{accounts}
<p><button class="primary" name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Cancel</button></p></form>"""


class OAuthPages:
    """The web host's pages and the token endpoint."""

    def __init__(self, service: DropboxService) -> None:
        self._service = service

    async def show(self, request: web.Request) -> web.Response:
        """Ask the user."""
        try:
            asked = read_request(request.query, self._service.apps)
        except AuthorizationRefused as refused:
            return _refusal(str(refused))
        return _page(f"{asked.app.name} - Dropbox", _consent_form(asked, dict(self._service.accounts)))

    async def decide(self, request: web.Request) -> web.Response:
        """Act on the user's answer, `decision` and `account` of the form."""
        form = await read_form(request)
        try:
            asked = read_request(request.query, self._service.apps)
            if form.get("decision") != "allow":
                return _sent_back(deny(asked))
            account = self._service.accounts.get(form.get("account", ""))
            if account is None:
                return _refusal("Choose an account.")
            code, url = self.allow(asked, account)
            return _sent_back(url) if url else _code_page(code)
        except AuthorizationRefused as refused:
            return _refusal(str(refused))

    def allow(self, asked: AuthorizationRequest, account: Account) -> tuple[str, str | None]:
        """Let the app in: its folder appears, a code is made. Also what a script does instead of clicking."""
        self._service.link(account, asked.app.key)
        return allow(asked, account.id, self._service.authorizations)

    async def token(self, request: web.Request) -> web.Response:
        """Exchange a code or a refresh token. The JavaScript SDK sends the form in the query."""
        form = await read_form(request)
        try:
            granted = self._grant(form, request.headers.get("Authorization"))
            return json_answer(200, json.dumps(granted), {"Content-Type": _TOKEN_TYPE})
        except GrantRefused as refused:
            return token_refusal(refused.error, refused.description)

    def _grant(self, form: Mapping[str, str], authorization: str | None) -> dict[str, object]:
        app, has_secret = self._identify(form, authorization)
        if form.get("grant_type") == "authorization_code":
            return self._redeem(app, form, has_secret=has_secret)
        if form.get("grant_type") == "refresh_token":
            return self._refresh(app, form, has_secret=has_secret)
        raise GrantRefused("unsupported_grant_type", "grant_type must be authorization_code or refresh_token")

    def _identify(self, form: Mapping[str, str], authorization: str | None) -> tuple[App, bool]:
        """The app that calls, by HTTP Basic or by form, and whether it gave its secret."""
        key, secret = basic(authorization) or (form.get("client_id", ""), form.get("client_secret"))
        app = self._service.apps.get(key)
        is_public = secret is None and ("code_verifier" in form or form.get("grant_type") == "refresh_token")
        if app is None or not (is_public or is_equal(secret, app.secret)):
            raise GrantRefused(INVALID_CLIENT, "unknown app or secret")
        return app, not is_public

    def _redeem(self, app: App, form: Mapping[str, str], *, has_secret: bool) -> dict[str, object]:
        grant, access_token = self._service.authorizations.redeem(
            app.key,
            form.get("code", ""),
            form.get("redirect_uri"),
            form.get("code_verifier"),
            has_secret=has_secret,
        )
        account = self._service.accounts[grant.account_id]
        answer = _bearer(access_token) | {
            "scope": _spell(grant),
            "uid": str(account.owner.uid),
            "account_id": account.id,
        }
        return answer | ({"refresh_token": grant.refresh_token} if grant.refresh_token else {})

    def _refresh(self, app: App, form: Mapping[str, str], *, has_secret: bool) -> dict[str, object]:
        scopes = frozenset(form["scope"].split()) if form.get("scope") else None
        return _bearer(
            self._service.authorizations.refresh(
                app.key, form.get("refresh_token", ""), scopes, has_secret=has_secret
            )
        )


async def read_form(request: web.Request) -> dict[str, str]:
    """The fields of a form, in the body or the query; what cannot be read has none. May be read again."""
    try:
        fields = await request.post()
    except (ValueError, LookupError):  # no boundary, not in its charset, an unknown charset
        return dict(request.query)
    return dict(request.query) | {key: str(value) for key, value in fields.items()}


def _consent_form(asked: AuthorizationRequest, accounts: Mapping[str, Account]) -> str:
    choices = "".join(
        f'<label><input type="radio" name="account" required value="{escape(account.id)}"{checked}> '
        f"{escape(account.owner.display_name)} &lt;{escape(account.owner.email)}&gt;</label>"
        for account, checked in zip(accounts.values(), _first_checked(len(accounts)), strict=True)
    )
    is_folder = asked.app.access == "folder"
    return _CONSENT.format(
        app=escape(asked.app.name),
        what="its own folder in your Dropbox" if is_folder else "all files in your Dropbox",
        scopes="".join(f"<li>{escape(scope)}</li>" for scope in sorted(asked.scopes)),
        accounts=choices or "<p>There is no account yet.</p>",
    )


def _first_checked(count: int) -> list[str]:
    return [" checked", *[""] * (count - 1)][:count]


def _refusal(message: str) -> web.Response:
    return _page("Error", f"<h1>Error (400)</h1><p>{escape(message)}</p>", status=400)


def _code_page(code: str) -> web.Response:
    return _page(
        "Authorization code", f"<h1>Enter this code to finish</h1><p><code>{escape(code)}</code></p>"
    )


def _sent_back(url: str | None) -> web.Response:
    if url is None:
        return _page("Cancelled", "<h1>Cancelled</h1><p>The app was not given access.</p>")
    return web.Response(status=302, headers={"Location": url, "Referrer-Policy": "no-referrer"})


def _page(title: str, body: str, status: int = 200) -> web.Response:
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    }
    text = _PAGE.format(title=escape(title), body=body)
    return web.Response(status=status, text=text, content_type="text/html", headers=headers)


def _bearer(access_token: str) -> dict[str, object]:
    return {"access_token": access_token, "token_type": "bearer", "expires_in": ACCESS_TOKEN_SECONDS}


def _spell(grant: Grant) -> str:
    return " ".join(sorted(grant.scopes))
