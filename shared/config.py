"""The only place that reads the environment: one frozen settings class per function, one line a variable.

A field is read from the variable of its name in capitals, unless it says another. Standard library only, for
the webhook's sake.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Any, Self

from shared.domain.errors import ConfigurationMissing

MEGABYTE = 1024 * 1024
_READ = "read"


class OcrEngine(StrEnum):
    """What reads pictures; e-invoices and text are read without."""

    TEXTRACT = "textract"
    ONBOARD = "onboard"
    NONE = "none"


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ConfigurationMissing(f"environment variable {name} is not set")
    return value


def metrics_namespace() -> str:
    """Where metrics go that a function does not write by itself; Powertools reads the same variable."""
    return os.environ.get("POWERTOOLS_METRICS_NAMESPACE") or "JenjiDropbox"


def _session_token(name: str) -> str | None:
    return os.environ.get(name) or None


def _optional(name: str) -> str:
    return os.environ.get(name, "")


def _number(name: str) -> float:
    value = _required(name)
    try:
        return float(value)
    except ValueError as error:
        raise ConfigurationMissing(f"environment variable {name} is not a number") from error


def _megabytes(name: str) -> int:
    return int(_number(name) * MEGABYTE)


def _count(name: str) -> int:
    return int(_number(name))


def _seconds(name: str) -> timedelta:
    return timedelta(seconds=_number(name))


def _hours(name: str) -> timedelta:
    return timedelta(hours=_number(name))


def _days(name: str) -> timedelta:
    return timedelta(days=_number(name))


def _engine(name: str) -> OcrEngine:
    value = _required(name)
    try:
        return OcrEngine(value)
    except ValueError as error:
        raise ConfigurationMissing(f"environment variable {name} names no engine") from error


def _endpoint(service: str, name: str) -> str:
    """As the AWS SDKs do: a service's own variable, then the general one, then AWS itself."""
    region = _required("AWS_REGION")
    own, general = os.environ.get(name), os.environ.get("AWS_ENDPOINT_URL")
    return own or general or f"https://{service}.{region}.amazonaws.com"


def _by(read: Callable[[str], object], name: str | None = None) -> dict[str, object]:
    """For a field that is read in another way than as a required text, or from a variable of another name."""
    return {_READ: (read, name)}


class Settings:
    """What a function is told by its environment."""

    __slots__ = ()

    @classmethod
    def from_environment(cls) -> Self:
        """Raises ConfigurationMissing naming the variable."""
        values = {}
        for each in fields(cls):  # type: ignore[arg-type] # every settings class is a dataclass
            read, _ = each.metadata.get(_READ, (_required, None))
            values[each.name] = read(variable_of(each))
        return cls(**values)


def variable_of(setting: Field[Any]) -> str:
    """The environment variable that a field of a settings class is read from."""
    _, name = setting.metadata.get(_READ, (None, None))
    return name or setting.name.upper()


@dataclass(frozen=True, slots=True)
class WebhookSettings(Settings):
    """What the webhook needs; endpoints are set only where AWS is not the real one."""

    import_queue_url: str
    app_secret_name: str = field(metadata=_by(_required, "AUTO_IMPORT_APP_SECRET_NAME"))
    region: str = field(metadata=_by(_required, "AWS_REGION"))
    sqs_endpoint: str = field(metadata=_by(partial(_endpoint, "sqs"), "AWS_ENDPOINT_URL_SQS"))
    secrets_endpoint: str = field(
        metadata=_by(partial(_endpoint, "secretsmanager"), "AWS_ENDPOINT_URL_SECRETS_MANAGER")
    )


@dataclass(frozen=True, slots=True, repr=False)
class AwsCredentials(Settings):
    """The function's own credentials, as Lambda hands them to it. Never shown."""

    access_key_id: str = field(metadata=_by(_required, "AWS_ACCESS_KEY_ID"))
    secret_access_key: str = field(metadata=_by(_required, "AWS_SECRET_ACCESS_KEY"))
    session_token: str | None = field(metadata=_by(_session_token, "AWS_SESSION_TOKEN"))


@dataclass(frozen=True, slots=True)
class OauthSettings(Settings):
    """What linking needs."""

    links_table: str
    link_attempts_table: str
    audit_trail_table: str
    audit_kept_for: timedelta = field(metadata=_by(_days, "AUDIT_KEPT_DAYS"))
    companies_table: str
    tokens_key_id: str
    import_queue_url: str
    host_settings_url: str
    callback_url: str = field(metadata=_by(_optional))
    dropbox_authorize_url: str
    auto_import_app_key: str
    sync_queue_url: str
    synchronisation_app_key: str


@dataclass(frozen=True, slots=True)
class PageApiSettings(Settings):
    """What the page's API needs."""

    links_table: str
    link_attempts_table: str
    audit_trail_table: str
    audit_kept_for: timedelta = field(metadata=_by(_days, "AUDIT_KEPT_DAYS"))
    reservations_table: str
    import_records_table: str
    waiting_files_table: str
    reading_jobs_table: str
    deliveries_table: str
    employee_folders_table: str
    expenses_table: str
    companies_table: str
    users_table: str
    import_queue_url: str
    sync_queue_url: str
    auto_import_app_name: str
    documents_bucket: str


@dataclass(frozen=True, slots=True)
class AutoImportSettings(Settings):
    """What the import drain needs."""

    links_table: str
    reservations_table: str
    waiting_files_table: str
    import_records_table: str
    reading_jobs_table: str
    expenses_table: str
    users_table: str
    documents_bucket: str
    tokens_key_id: str
    event_bus_name: str
    import_queue_url: str
    reading_queue_url: str
    auto_import_app_key: str
    max_document_bytes: int = field(metadata=_by(_megabytes, "MAX_DOCUMENT_MEGABYTES"))
    reject_grace: timedelta = field(metadata=_by(_seconds, "REJECT_GRACE_SECONDS"))
    imported_kept_for: timedelta = field(metadata=_by(_days, "IMPORTED_KEPT_DAYS"))
    sweep_every: timedelta = field(metadata=_by(_hours, "SWEEP_HOURS"))


@dataclass(frozen=True, slots=True)
class DocumentReadingSettings(Settings):
    """What reading documents needs.

    `ocr_packages` is a directory to import the engine from, `default_country` (ISO 3166, two letters)
    is assumed where a document leaves doubt; either may be empty.
    """

    reading_jobs_table: str
    import_records_table: str
    expenses_table: str
    documents_bucket: str
    reading_queue_url: str
    event_bus_name: str
    imported_kept_for: timedelta = field(metadata=_by(_days, "IMPORTED_KEPT_DAYS"))
    ocr_engine: OcrEngine = field(metadata=_by(_engine))
    ocr_packages: str = field(metadata=_by(_optional))
    default_country: str = field(metadata=_by(_optional))
    reading_concurrency: int = field(metadata=_by(_count))
    user_readers_percent: int = field(metadata=_by(_count))
    user_readers_at_first_percent: int = field(metadata=_by(_count))
    company_readers_percent: int = field(metadata=_by(_count))
    textract_pages_user_day: int = field(metadata=_by(_count))
    textract_pages_user_month: int = field(metadata=_by(_count))
    textract_pages_company_day: int = field(metadata=_by(_count))
    textract_pages_company_month: int = field(metadata=_by(_count))


@dataclass(frozen=True, slots=True)
class ExpenseAcceptedSettings(Settings):
    """What makes deliveries of accepted expenses needs."""

    links_table: str
    deliveries_table: str
    sync_queue_url: str
    delivered_kept_for: timedelta = field(metadata=_by(_days, "DELIVERED_KEPT_DAYS"))


@dataclass(frozen=True, slots=True)
class DocumentSyncSettings(Settings):
    """What the synchronisation drain needs."""

    links_table: str
    audit_trail_table: str
    deliveries_table: str
    employee_folders_table: str
    expenses_table: str
    companies_table: str
    users_table: str
    documents_bucket: str
    tokens_key_id: str
    event_bus_name: str
    sync_queue_url: str
    synchronisation_app_key: str
    audit_kept_for: timedelta = field(metadata=_by(_days, "AUDIT_KEPT_DAYS"))
    delivered_kept_for: timedelta = field(metadata=_by(_days, "DELIVERED_KEPT_DAYS"))
    sweep_every: timedelta = field(metadata=_by(_hours, "SWEEP_HOURS"))


@dataclass(frozen=True, slots=True)
class SweepSettings(Settings):
    """What the sweep needs."""

    links_table: str
    reading_jobs_table: str
    import_records_table: str
    import_queue_url: str
    sync_queue_url: str
    reading_queue_url: str
    event_bus_name: str
    sweep_every: timedelta = field(metadata=_by(_hours, "SWEEP_HOURS"))


@dataclass(frozen=True, slots=True)
class TokenRevocationSettings(Settings):
    """What revoking tokens needs."""

    links_table: str
    tokens_key_id: str
    auto_import_app_key: str
    synchronisation_app_key: str


@dataclass(frozen=True, slots=True)
class ErasureSettings(Settings):
    """What forgetting somebody needs."""

    links_table: str
    audit_trail_table: str
    audit_kept_for: timedelta = field(metadata=_by(_days, "AUDIT_KEPT_DAYS"))
    reservations_table: str
    waiting_files_table: str
    import_records_table: str
    reading_jobs_table: str
    deliveries_table: str
    employee_folders_table: str
    expenses_table: str
    users_table: str
    tokens_key_id: str
    documents_bucket: str
