"""The only place that reads the environment: one frozen settings class per function.

Standard library only, for the webhook's sake.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from shared.domain.errors import ConfigurationMissing

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """What the webhook needs; endpoints are set only where AWS is not the real one."""

    import_queue_url: str
    app_secret_name: str
    region: str
    sqs_endpoint: str
    secrets_endpoint: str

    @classmethod
    def from_environment(cls) -> WebhookSettings:
        """Raises ConfigurationMissing naming the variable."""
        region = _required("AWS_REGION")
        return cls(
            import_queue_url=_required("IMPORT_QUEUE_URL"),
            app_secret_name=_required("AUTO_IMPORT_APP_SECRET_NAME"),
            region=region,
            sqs_endpoint=_endpoint("sqs", region),
            secrets_endpoint=_endpoint("secretsmanager", region),
        )


@dataclass(frozen=True, slots=True, repr=False)
class AwsCredentials:
    """The function's own credentials, as Lambda hands them to it. Never shown."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None

    @classmethod
    def from_environment(cls) -> AwsCredentials:
        """Raises ConfigurationMissing naming the variable."""
        return cls(
            access_key_id=_required("AWS_ACCESS_KEY_ID"),
            secret_access_key=_required("AWS_SECRET_ACCESS_KEY"),
            session_token=os.environ.get("AWS_SESSION_TOKEN") or None,
        )


@dataclass(frozen=True, slots=True)
class OauthSettings:
    """What linking needs."""

    links_table: str
    link_attempts_table: str
    audit_trail_table: str
    tokens_key_id: str
    import_queue_url: str
    host_settings_url: str
    callback_url: str
    dropbox_authorize_url: str
    auto_import_app_key: str
    sync_queue_url: str
    synchronisation_app_key: str

    @classmethod
    def from_environment(cls) -> OauthSettings:
        """Raises ConfigurationMissing naming the variable."""
        return cls(
            links_table=_required("LINKS_TABLE"),
            link_attempts_table=_required("LINK_ATTEMPTS_TABLE"),
            audit_trail_table=_required("AUDIT_TRAIL_TABLE"),
            tokens_key_id=_required("TOKENS_KEY_ID"),
            import_queue_url=_required("IMPORT_QUEUE_URL"),
            host_settings_url=_required("HOST_SETTINGS_URL"),
            callback_url=_required("CALLBACK_URL"),
            dropbox_authorize_url=_required("DROPBOX_AUTHORIZE_URL"),
            auto_import_app_key=_required("AUTO_IMPORT_APP_KEY"),
            sync_queue_url=_required("SYNC_QUEUE_URL"),
            synchronisation_app_key=_required("SYNCHRONISATION_APP_KEY"),
        )


@dataclass(frozen=True, slots=True)
class PageApiSettings:
    """What the page's API needs."""

    links_table: str
    audit_trail_table: str
    import_records_table: str
    waiting_files_table: str
    deliveries_table: str
    expenses_table: str
    import_queue_url: str
    sync_queue_url: str
    auto_import_app_name: str

    @classmethod
    def from_environment(cls) -> PageApiSettings:
        """Raises ConfigurationMissing naming the variable."""
        return cls(
            links_table=_required("LINKS_TABLE"),
            audit_trail_table=_required("AUDIT_TRAIL_TABLE"),
            import_records_table=_required("IMPORT_RECORDS_TABLE"),
            waiting_files_table=_required("WAITING_FILES_TABLE"),
            deliveries_table=_required("DELIVERIES_TABLE"),
            expenses_table=_required("EXPENSES_TABLE"),
            import_queue_url=_required("IMPORT_QUEUE_URL"),
            sync_queue_url=_required("SYNC_QUEUE_URL"),
            auto_import_app_name=_required("AUTO_IMPORT_APP_NAME"),
        )


@dataclass(frozen=True, slots=True)
class AutoImportSettings:
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
    max_document_bytes: int
    reject_grace: timedelta
    sweep_every: timedelta

    @classmethod
    def from_environment(cls) -> AutoImportSettings:
        """Raises ConfigurationMissing naming the variable."""
        return cls(
            links_table=_required("LINKS_TABLE"),
            reservations_table=_required("RESERVATIONS_TABLE"),
            waiting_files_table=_required("WAITING_FILES_TABLE"),
            import_records_table=_required("IMPORT_RECORDS_TABLE"),
            reading_jobs_table=_required("READING_JOBS_TABLE"),
            expenses_table=_required("EXPENSES_TABLE"),
            users_table=_required("USERS_TABLE"),
            documents_bucket=_required("DOCUMENTS_BUCKET"),
            tokens_key_id=_required("TOKENS_KEY_ID"),
            event_bus_name=_required("EVENT_BUS_NAME"),
            import_queue_url=_required("IMPORT_QUEUE_URL"),
            reading_queue_url=_required("READING_QUEUE_URL"),
            auto_import_app_key=_required("AUTO_IMPORT_APP_KEY"),
            max_document_bytes=int(_number("MAX_DOCUMENT_MEGABYTES") * MEGABYTE),
            reject_grace=timedelta(seconds=_number("REJECT_GRACE_SECONDS")),
            sweep_every=timedelta(hours=_number("SWEEP_HOURS")),
        )


class OcrEngine(StrEnum):
    """What reads pictures; e-invoices and text are read without."""

    TEXTRACT = "textract"
    ONBOARD = "onboard"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DocumentReadingSettings:
    """What reading documents needs.

    `ocr_packages` is a directory to import the engine from, `default_country` (ISO 3166, two letters)
    is assumed where a document leaves doubt; either may be empty.
    """

    reading_jobs_table: str
    expenses_table: str
    documents_bucket: str
    reading_queue_url: str
    ocr_engine: OcrEngine
    ocr_packages: str
    default_country: str

    @classmethod
    def from_environment(cls) -> DocumentReadingSettings:
        """Raises ConfigurationMissing naming the variable."""
        return cls(
            reading_jobs_table=_required("READING_JOBS_TABLE"),
            expenses_table=_required("EXPENSES_TABLE"),
            documents_bucket=_required("DOCUMENTS_BUCKET"),
            reading_queue_url=_required("READING_QUEUE_URL"),
            ocr_engine=_engine("OCR_ENGINE"),
            ocr_packages=os.environ.get("OCR_PACKAGES", ""),
            default_country=os.environ.get("DEFAULT_COUNTRY", ""),
        )


@dataclass(frozen=True, slots=True)
class ExpenseAcceptedSettings:
    """What makes deliveries of accepted expenses needs."""

    links_table: str
    deliveries_table: str
    sync_queue_url: str

    @classmethod
    def from_environment(cls) -> ExpenseAcceptedSettings:
        """Raises ConfigurationMissing naming the variable."""
        return cls(
            links_table=_required("LINKS_TABLE"),
            deliveries_table=_required("DELIVERIES_TABLE"),
            sync_queue_url=_required("SYNC_QUEUE_URL"),
        )


@dataclass(frozen=True, slots=True)
class DocumentSyncSettings:
    """What the synchronisation drain needs."""

    links_table: str
    deliveries_table: str
    employee_folders_table: str
    expenses_table: str
    companies_table: str
    documents_bucket: str
    tokens_key_id: str
    event_bus_name: str
    sync_queue_url: str
    synchronisation_app_key: str
    sweep_every: timedelta

    @classmethod
    def from_environment(cls) -> DocumentSyncSettings:
        """Raises ConfigurationMissing naming the variable."""
        return cls(
            links_table=_required("LINKS_TABLE"),
            deliveries_table=_required("DELIVERIES_TABLE"),
            employee_folders_table=_required("EMPLOYEE_FOLDERS_TABLE"),
            expenses_table=_required("EXPENSES_TABLE"),
            companies_table=_required("COMPANIES_TABLE"),
            documents_bucket=_required("DOCUMENTS_BUCKET"),
            tokens_key_id=_required("TOKENS_KEY_ID"),
            event_bus_name=_required("EVENT_BUS_NAME"),
            sync_queue_url=_required("SYNC_QUEUE_URL"),
            synchronisation_app_key=_required("SYNCHRONISATION_APP_KEY"),
            sweep_every=timedelta(hours=_number("SWEEP_HOURS")),
        )


@dataclass(frozen=True, slots=True)
class SweepSettings:
    """What the sweep needs."""

    links_table: str
    reading_jobs_table: str
    import_queue_url: str
    sync_queue_url: str
    reading_queue_url: str
    sweep_every: timedelta

    @classmethod
    def from_environment(cls) -> SweepSettings:
        """Raises ConfigurationMissing naming the variable."""
        return cls(
            links_table=_required("LINKS_TABLE"),
            reading_jobs_table=_required("READING_JOBS_TABLE"),
            import_queue_url=_required("IMPORT_QUEUE_URL"),
            sync_queue_url=_required("SYNC_QUEUE_URL"),
            reading_queue_url=_required("READING_QUEUE_URL"),
            sweep_every=timedelta(hours=_number("SWEEP_HOURS")),
        )


@dataclass(frozen=True, slots=True)
class TokenRevocationSettings:
    """What revoking tokens needs."""

    links_table: str
    tokens_key_id: str
    auto_import_app_key: str
    synchronisation_app_key: str

    @classmethod
    def from_environment(cls) -> TokenRevocationSettings:
        """Raises ConfigurationMissing naming the variable."""
        return cls(
            links_table=_required("LINKS_TABLE"),
            tokens_key_id=_required("TOKENS_KEY_ID"),
            auto_import_app_key=_required("AUTO_IMPORT_APP_KEY"),
            synchronisation_app_key=_required("SYNCHRONISATION_APP_KEY"),
        )


@dataclass(frozen=True, slots=True)
class ErasureSettings:
    """What forgetting somebody needs."""

    links_table: str
    audit_trail_table: str
    reservations_table: str
    waiting_files_table: str
    import_records_table: str
    reading_jobs_table: str
    deliveries_table: str
    employee_folders_table: str
    expenses_table: str
    users_table: str
    documents_bucket: str

    @classmethod
    def from_environment(cls) -> ErasureSettings:
        """Raises ConfigurationMissing naming the variable."""
        return cls(
            links_table=_required("LINKS_TABLE"),
            audit_trail_table=_required("AUDIT_TRAIL_TABLE"),
            reservations_table=_required("RESERVATIONS_TABLE"),
            waiting_files_table=_required("WAITING_FILES_TABLE"),
            import_records_table=_required("IMPORT_RECORDS_TABLE"),
            reading_jobs_table=_required("READING_JOBS_TABLE"),
            deliveries_table=_required("DELIVERIES_TABLE"),
            employee_folders_table=_required("EMPLOYEE_FOLDERS_TABLE"),
            expenses_table=_required("EXPENSES_TABLE"),
            users_table=_required("USERS_TABLE"),
            documents_bucket=_required("DOCUMENTS_BUCKET"),
        )


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ConfigurationMissing(f"environment variable {name} is not set")
    return value


def _number(name: str) -> float:
    value = _required(name)
    try:
        return float(value)
    except ValueError as error:
        raise ConfigurationMissing(f"environment variable {name} is not a number") from error


def _engine(name: str) -> OcrEngine:
    value = _required(name)
    try:
        return OcrEngine(value)
    except ValueError as error:
        raise ConfigurationMissing(f"environment variable {name} names no engine") from error


def _endpoint(service: str, region: str) -> str:
    """As the AWS SDKs do: a service's own variable, then the general one, then AWS itself."""
    return (
        os.environ.get(f"AWS_ENDPOINT_URL_{service.upper().replace('SECRETSMANAGER', 'SECRETS_MANAGER')}")
        or os.environ.get("AWS_ENDPOINT_URL")
        or f"https://{service}.{region}.amazonaws.com"
    )
