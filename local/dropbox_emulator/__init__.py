"""A Dropbox on this machine, faithful to the API as the installed SDK declares it."""

from local.dropbox_emulator.api.calls import Call, CallLog, CallRecord, Interceptor, Proceed
from local.dropbox_emulator.api.cost_model import CostModel
from local.dropbox_emulator.api.jobs import BatchPolicy
from local.dropbox_emulator.core.account import Account
from local.dropbox_emulator.core.apps import AUTO_IMPORT_APP, DEFAULT_APPS, SYNCHRONISATION_APP, Access, App
from local.dropbox_emulator.emulator import DropboxEmulator
from local.dropbox_emulator.faults.effects import (
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
from local.dropbox_emulator.faults.fault import ArmedFault, Fault, Faults
from local.dropbox_emulator.mirror.disk_mirror import MirrorPolicy
from local.dropbox_emulator.oauth.authorize import AuthorizationRefused
from local.dropbox_emulator.server.http_server import PortTaken
from local.dropbox_emulator.webhooks.faults import LateWebhook, LostWebhook, RepeatedWebhook
from local.dropbox_emulator.webhooks.sender import Delivery, WebhookPolicy, WebhookRefused

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
