"""The whole system on one machine: both emulators and the host started, the template deployed, all wired."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local.aws_emulator import AwsEmulator
from local.deploy import Deployment, DropboxApps, HostSession, callback_url_of, deploy
from local.dropbox_emulator.core.apps import AUTO_IMPORT_APP, SYNCHRONISATION_APP
from local.dropbox_emulator.emulator import DropboxEmulator
from local.dropbox_emulator.server.http_server import PortTaken as DropboxPortTaken
from local.errors import PortTaken
from local.host import AUDIENCE, Host, seed
from local.host_app.expense_desk import ExpenseDesk
from local.host_app.site import Site
from local.host_expenses import HostExpenses
from local.inbox import SECONDS_BETWEEN_LOOKS, Inbox, Mailbox
from local.processes import Together
from local.repeated import Repeated
from local.template import ROOT

STATE = ROOT / ".local"


@dataclass(frozen=True, slots=True)
class Ports:
    """The loopback ports to listen on; 0 takes any free one."""

    aws: int = 0
    dropbox: int = 0
    host: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """What is running.

    `dropbox_directory` is where the Dropbox accounts lie on disk, if they do; `ask_to_end` has everything end
    that takes a while to, before it is waited for.
    """

    dropbox: DropboxEmulator
    aws: AwsEmulator
    host: Host
    deployment: Deployment
    ask_to_end: Callable[[], None]
    dropbox_directory: Path | None = None


@contextmanager
def running_world(
    state: Path = STATE,
    *,
    dropbox_directory: Path | None = None,
    ports: Ports = Ports(),
    parameters: Mapping[str, str] | None = None,
    on_step: Callable[[str], None] = lambda _: None,
) -> Iterator[World]:
    """Start everything, with an empty AWS and an empty Dropbox; stop it all on leaving.

    `state` takes logs, certificates and temporary files; `dropbox_directory` mirrors the Dropbox accounts
    on disk; `parameters` override the template's; `on_step` is told what begins. The apps'
    redirect URI and the webhook are registered with Dropbox, and the host's people are in its tables.

    Raises:
        LocalError: PortTaken, ChildFailed, BuildFailed or DeploymentFailed.

    """
    with Together() as running:
        on_step("Starting Dropbox, AWS and the host")
        dropbox = running.enter_context(dropbox_on(state, dropbox_directory, ports.dropbox))
        aws = running.run(AwsEmulator(state, port=ports.aws, function_environment=dropbox.environment))
        host = running.enter_context(Host(ports.host))
        deployment = deploy(
            aws,
            DropboxApps(
                auto_import_key=AUTO_IMPORT_APP.key,
                auto_import_secret=AUTO_IMPORT_APP.secret,
                synchronisation_key=SYNCHRONISATION_APP.key,
                authorize_url=f"{dropbox.url}/oauth2/authorize",
            ),
            HostSession(host.issuer, AUDIENCE, host.settings_url),
            # Shared by every run in this checkout.
            cache=STATE / "build",
            parameters=parameters,
            on_step=on_step,
        )
        seed(aws.client("dynamodb"), deployment.users_table, deployment.companies_table)
        on_step("Registering the webhook with Dropbox")
        for app in (AUTO_IMPORT_APP, SYNCHRONISATION_APP):
            dropbox.add_redirect_uri(app.key, callback_url_of(aws))
        dropbox.register_webhook(AUTO_IMPORT_APP.key, deployment.webhook_url)
        world = World(dropbox, aws, host, deployment, running.ask_to_end, dropbox_directory)
        mailbox = Mailbox(host.people, host.issuer)
        inbox = Inbox(aws, mailbox)
        running.run(Repeated("inbox", inbox.look, SECONDS_BETWEEN_LOOKS))
        desk = ExpenseDesk(HostExpenses(world))
        host.open(Site(host, desk, deployment.api_url, dropbox_directory, mailbox).respond)
        yield world


@contextmanager
def dropbox_on(state: Path, directory: Path | None, port: int) -> Iterator[DropboxEmulator]:
    emulator = DropboxEmulator(
        directory, port=port, https_port=0, proxy_port=0, certificates=state / "certificates"
    )
    try:
        emulator.start()
    except DropboxPortTaken as error:
        raise PortTaken(str(error)) from error
    try:
        yield emulator
    finally:
        emulator.stop()
