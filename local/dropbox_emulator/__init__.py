"""A Dropbox on this machine, faithful to the API as the installed SDK declares it."""

from local.dropbox_emulator.account import Account
from local.dropbox_emulator.apps import AUTO_IMPORT_APP, DEFAULT_APPS, SYNCHRONISATION_APP, Access, App
from local.dropbox_emulator.authorize import AuthorizationRefused
from local.dropbox_emulator.calls import Call, CallLog, CallRecord, Interceptor, Proceed
from local.dropbox_emulator.cost_model import CostModel
from local.dropbox_emulator.disk_mirror import MirrorPolicy
from local.dropbox_emulator.emulator import DropboxEmulator
from local.dropbox_emulator.fault_effects import (
    Altered,
    Cut,
    Effect,
    ExpireTokens,
    Meanwhile,
    RateLimited,
    Reset,
    RevokeTokens,
    RouteError,
    SetQuota,
    Stall,
    Status,
    SuspendUser,
    Unauthorized,
    WithoutLength,
)
from local.dropbox_emulator.faults import ArmedFault, Fault, Faults
from local.dropbox_emulator.jobs import BatchPolicy
from local.dropbox_emulator.server import PortTaken
from local.dropbox_emulator.webhooks import (
    Delivery,
    LateWebhook,
    LostWebhook,
    RepeatedWebhook,
    WebhookPolicy,
    WebhookRefused,
)

__all__ = [
    "AUTO_IMPORT_APP",
    "DEFAULT_APPS",
    "SYNCHRONISATION_APP",
    "Access",
    "Account",
    "Altered",
    "App",
    "ArmedFault",
    "AuthorizationRefused",
    "BatchPolicy",
    "Call",
    "CallLog",
    "CallRecord",
    "CostModel",
    "Cut",
    "Delivery",
    "DropboxEmulator",
    "Effect",
    "ExpireTokens",
    "Fault",
    "Faults",
    "Interceptor",
    "LateWebhook",
    "LostWebhook",
    "Meanwhile",
    "MirrorPolicy",
    "PortTaken",
    "Proceed",
    "RateLimited",
    "RepeatedWebhook",
    "Reset",
    "RevokeTokens",
    "RouteError",
    "SetQuota",
    "Stall",
    "Status",
    "SuspendUser",
    "Unauthorized",
    "WebhookPolicy",
    "WebhookRefused",
    "WithoutLength",
]
