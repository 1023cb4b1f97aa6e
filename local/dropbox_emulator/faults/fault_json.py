"""Faults as JSON for the admin endpoint: ``{"route": …, "answer": {"status": {"code": 503}}}``."""

import re
from typing import Any

from local.dropbox_emulator.faults import befalling, json_dataclasses, refusing, rewriting, transport
from local.dropbox_emulator.faults.fault import ArmedFault, Fault
from local.dropbox_emulator.webhooks import faults as webhook_faults

_KINDS: tuple[type, ...] = (
    refusing.Status,
    refusing.RateLimited,
    refusing.Unauthorized,
    refusing.Forbidden,
    refusing.WrongRoot,
    refusing.BadCall,
    refusing.AppLacksScope,
    refusing.TokenRefused,
    refusing.HtmlPage,
    refusing.RouteError,
    refusing.RawError,
    refusing.RawAnswer,
    rewriting.Rewritten,
    rewriting.OfAnotherLength,
    transport.Reset,
    transport.Stall,
    transport.Cut,
    transport.Altered,
    transport.WithoutLength,
    befalling.ExpireTokens,
    befalling.RevokeTokens,
    befalling.SuspendUser,
    befalling.SetQuota,
    webhook_faults.LostWebhook,
    webhook_faults.LateWebhook,
    webhook_faults.RepeatedWebhook,
)


def _name_of(kind: type) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


EFFECTS = {_name_of(kind): kind for kind in _KINDS}


def read_fault(data: object) -> Fault:
    """A fault from its JSON.

    Raises:
        ValueError: with what is wrong about it.

    """
    if not isinstance(data, dict) or not isinstance(data.get("answer"), dict) or len(data["answer"]) != 1:
        raise ValueError('expected an object with an "answer" of one effect')
    (name, fields), *_ = data["answer"].items()
    if name not in EFFECTS:
        raise ValueError(f"unknown effect {name!r}: expected one of {', '.join(EFFECTS)}")
    chosen = {key: value for key, value in data.items() if key != "answer"}
    return json_dataclasses.read(Fault, chosen, answer=json_dataclasses.read(EFFECTS[name], fields))


def write_armed(armed: ArmedFault) -> dict[str, Any]:
    """An armed fault: its id, its counts, and what it was made of."""
    answer = armed.fault.answer
    fields = {} if isinstance(answer, befalling.Meanwhile) else json_dataclasses.write(answer)
    return {
        "id": armed.id,
        "matched": armed.matched,
        "fired": armed.fired,
        **json_dataclasses.write(armed.fault),
        "answer": {_name_of(type(answer)): fields},
    }
