"""A Dropbox on this machine, faithful to the API as the installed SDK declares it."""

from local.dropbox_emulator.account import Account
from local.dropbox_emulator.apps import AUTO_IMPORT_APP, DEFAULT_APPS, SYNCHRONISATION_APP, Access, App
from local.dropbox_emulator.authorize import AuthorizationRefused
from local.dropbox_emulator.calls import Call, CallLog, CallRecord, Interceptor, Proceed
from local.dropbox_emulator.disk_mirror import MirrorPolicy
from local.dropbox_emulator.emulator import DropboxEmulator
from local.dropbox_emulator.jobs import BatchPolicy
from local.dropbox_emulator.server import PortTaken
from local.dropbox_emulator.webhooks import Delivery, WebhookPolicy, WebhookRefused

__all__ = [
    "AUTO_IMPORT_APP",
    "DEFAULT_APPS",
    "SYNCHRONISATION_APP",
    "Access",
    "Account",
    "App",
    "AuthorizationRefused",
    "BatchPolicy",
    "Call",
    "CallLog",
    "CallRecord",
    "Delivery",
    "DropboxEmulator",
    "Interceptor",
    "MirrorPolicy",
    "PortTaken",
    "Proceed",
    "WebhookPolicy",
    "WebhookRefused",
]
