"""The command line: `python -m local.dropbox_emulator` runs the emulator by itself."""

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from local.dropbox_emulator.core.apps import DEFAULT_APPS, Access, App
from local.dropbox_emulator.emulator import DropboxEmulator
from local.dropbox_emulator.server.http_server import PortTaken
from local.dropbox_emulator.webhooks.sender import WebhookRefused


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until interrupted; returns the exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    if options.proxy_port is not None and options.https_port is None:
        options.https_port = 0
    if options.https_port is not None and options.certificates is None:
        options.certificates = Path(".local/certificates")
    emulator = DropboxEmulator(
        options.root,
        port=options.port,
        https_port=options.https_port,
        proxy_port=options.proxy_port,
        certificates=options.certificates,
        apps=options.app or DEFAULT_APPS,
    )
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        with emulator:
            _set_up(emulator, options)
            print(_describe(emulator, options), flush=True)
            stopped.wait()
    except (PortTaken, WebhookRefused, OSError, ValueError) as error:
        print(f"dropbox emulator: {error}", file=sys.stderr)
        return 1
    return 0


def _set_up(emulator: DropboxEmulator, options: argparse.Namespace) -> None:
    for each in options.account or ["alice"]:
        name, _, locale = each.partition(":")
        emulator.add_account(name, locale=locale or "en")
    for key, url in options.webhook or ():
        if key not in emulator.apps:
            raise ValueError(f"there is no app with the key {key}")
        emulator.register_webhook(key, url)


def _describe(emulator: DropboxEmulator, options: argparse.Namespace) -> str:
    lines = [f"Dropbox is emulated at {emulator.url}"]
    if emulator.ca_file:
        lines += [f"               and at {emulator.https_url}, for clients that trust {emulator.ca_file}"]
        if options.proxy_port is not None:
            lines += [f"               or behind HTTPS_PROXY={emulator.proxy_url}, under Dropbox's own names"]
        lines += ["Environment for the Python SDK:"]
        lines += [f"  {name}={value}" for name, value in emulator.environment.items()]
    for app in emulator.apps.values():
        lines += [f"App {app.name} ({app.access.value}): key {app.key}, secret {app.secret}"]
        lines += [f"  redirects to {uri}" for uri in app.redirect_uris]
        lines += [f"  webhook {app.webhook_url}"] if app.webhook_url else []
    for account in emulator.accounts.values():
        lines += [f"Account {account.name}: {account.owner.email}, {account.id}"]
        lines += [f"  drop files into {options.root / account.name}"] if options.root else []
    return "\n".join([*lines, "Ctrl-C ends it."])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m local.dropbox_emulator", description="A Dropbox on this machine, for development."
    )
    parser.add_argument("--root", type=Path, metavar="DIR", help="mirror every account to DIR/<account>/")
    parser.add_argument("--port", type=_port, default=8910, help="http port (default: %(default)s; 0: any)")
    parser.add_argument("--https-port", type=_port, help="serve https as well, on this port (0: any)")
    parser.add_argument(
        "--proxy-port", type=_port, help="lead Dropbox's own host names to https, by a proxy on this port"
    )
    parser.add_argument(
        "--certificates", type=Path, metavar="DIR", help="where the local CA is kept (.local/certificates)"
    )
    parser.add_argument(
        "--account",
        action="append",
        metavar="NAME[:LOCALE]",
        help="open an account, in a language such as fr (repeatable; default: alice)",
    )
    parser.add_argument(
        "--app",
        action="append",
        type=_app,
        metavar="KEY:SECRET:NAME:folder|full[:REDIRECT_URI]",
        help="register an app (repeatable; default: the two of Jenji)",
    )
    parser.add_argument(
        "--webhook", action="append", type=_webhook, metavar="KEY=URL", help="notify an app (repeatable)"
    )
    return parser


def _app(text: str) -> App:
    try:
        key, secret, name, access, *redirect_uri = text.split(":", 4)
        return App(key, secret, name, Access(access), tuple(redirect_uri))
    except ValueError as error:
        raise argparse.ArgumentTypeError("expected KEY:SECRET:NAME:folder|full[:REDIRECT_URI]") from error


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"expected a port, got {text!r}")
    return int(text)


def _webhook(text: str) -> tuple[str, str]:
    key, equals, url = text.partition("=")
    if not (key and equals and url.startswith(("http://", "https://"))):
        raise argparse.ArgumentTypeError(f"expected KEY=URL, got {text!r}")
    return key, url


if __name__ == "__main__":
    sys.exit(main())
