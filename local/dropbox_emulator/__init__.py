"""A Dropbox on this machine, faithful to the API as the installed SDK declares it."""

from local.dropbox_emulator.api.calls import Call, CallLog, CallRecord, Interceptor, Proceed
from local.dropbox_emulator.api.cost_model import CostModel
from local.dropbox_emulator.api.jobs import BatchPolicy
from local.dropbox_emulator.api.listing import ListingPolicy
from local.dropbox_emulator.core.account import Account, TeamSpace
from local.dropbox_emulator.core.apps import AUTO_IMPORT_APP, DEFAULT_APPS, SYNCHRONISATION_APP, Access, App
from local.dropbox_emulator.emulator import DropboxEmulator
from local.dropbox_emulator.faults.befalling import (
    ExpireTokens,
    Meanwhile,
    RevokeTokens,
    SetQuota,
    SuspendUser,
)
from local.dropbox_emulator.faults.effect import Effect
from local.dropbox_emulator.faults.fault import ArmedFault, Fault, Faults
from local.dropbox_emulator.faults.refusing import (
    AppLacksScope,
    BadCall,
    Forbidden,
    HtmlPage,
    RateLimited,
    RawAnswer,
    RawError,
    RouteError,
    Status,
    TokenRefused,
    Unauthorized,
    WrongRoot,
)
from local.dropbox_emulator.faults.rewriting import OfAnotherLength, Rewritten
from local.dropbox_emulator.faults.transport import Altered, Cut, Reset, Stall, WithoutLength
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
    "AppLacksScope",
    "ArmedFault",
    "AuthorizationRefused",
    "BadCall",
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
    "Forbidden",
    "HtmlPage",
    "Interceptor",
    "LateWebhook",
    "ListingPolicy",
    "LostWebhook",
    "Meanwhile",
    "MirrorPolicy",
    "OfAnotherLength",
    "PortTaken",
    "Proceed",
    "RateLimited",
    "RawAnswer",
    "RawError",
    "RepeatedWebhook",
    "Reset",
    "RevokeTokens",
    "Rewritten",
    "RouteError",
    "SetQuota",
    "Stall",
    "Status",
    "SuspendUser",
    "TeamSpace",
    "TokenRefused",
    "Unauthorized",
    "WebhookPolicy",
    "WebhookRefused",
    "WithoutLength",
    "WrongRoot",
]
