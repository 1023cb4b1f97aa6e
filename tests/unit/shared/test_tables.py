"""The schema stands in the templates and in PynamoDB's models: both must say the same."""

from __future__ import annotations

from typing import Any

import pytest
from pynamodb.attributes import Attribute
from pynamodb.indexes import Index
from pynamodb.models import Model

from shared.aws.host.expense_rows import ExpenseRow
from shared.aws.host.people_rows import CompanyRow, UserRow
from shared.aws.stores import attempt_tables, import_tables, link_tables, reading_tables
from shared.aws.stores.delivery_tables import (
    DeliveryRow,
    EmployeeFolderRow,
    FiledRow,
    ManifestRow,
    PendingRow,
)
from testing.tables import TABLE_NAMES, declared_tables, logical_id_of, table_schemas

MODELS: dict[str, list[type[Model]]] = {
    "links": [
        link_tables.LinksItem,
        link_tables.LinkRow,
        link_tables.AccountReservationRow,
        link_tables.RevocationRow,
        link_tables.ErasureRow,
        link_tables.LinkEventRow,
        link_tables.PseudonymKeyRow,
        link_tables.SwitchRow,
        link_tables.NotificationsRow,
    ],
    "link_attempts": [
        attempt_tables.AttemptItem,
        attempt_tables.LinkAttemptRow,
        attempt_tables.OpenAttemptRow,
        attempt_tables.RequestCountRow,
    ],
    "audit_trail": [link_tables.AuditRow],
    "reservations": [import_tables.ReservationRow],
    "waiting_files": [
        import_tables.WaitingItem,
        import_tables.WaitingFileRow,
        import_tables.RetryRequestRow,
        import_tables.FilingRow,
    ],
    "records": [import_tables.ImportRecordRow],
    "reading_jobs": [
        reading_tables.ReadingItem,
        reading_tables.ReadingJobRow,
        reading_tables.LikenessRow,
        reading_tables.PageCountRow,
        reading_tables.BatchToReadRow,
        reading_tables.BatchActivityRow,
    ],
    "deliveries": [DeliveryRow, PendingRow, FiledRow, ManifestRow],
    "employee_folders": [EmployeeFolderRow],
    "expenses": [ExpenseRow],
    "users": [UserRow],
    "companies": [CompanyRow],
}


# What can never be changed once there are rows: a table's keys and its local indexes. There are none of the
# latter, since they bind all that is kept under one partition key to 10 GB, which a company's history passes
# (docs/decisions/0013). Who changes a line here has to copy the rows of every deployed stack.
FROZEN = {
    "links": ["link_id"],
    "link_attempts": ["attempt_id"],
    "audit_trail": ["subject", "at"],
    "reservations": ["user_id", "content_hash"],
    "waiting_files": ["user_id", "file_key"],
    "records": ["user_id", "visit_key"],
    "reading_jobs": ["user_id", "expense_id"],
    "deliveries": ["company_id", "delivery_key"],
    "employee_folders": ["company_id", "folder_key"],
    "expenses": ["expense_id"],
    "users": ["user_id"],
    "companies": ["company_id"],
}
# What grows with what people do is kept for as long as an operator says; the rest for as long as there is
# the link, the expense or the employee that it is of.
EXPIRING = {"audit_trail", "link_attempts", "records", "reading_jobs", "deliveries"}


def test_keys_are_frozen_and_no_table_has_a_local_index() -> None:
    schemas = table_schemas()

    assert {name: _key_of(schema) for name, schema in schemas.items()} == FROZEN
    assert not [name for name, schema in schemas.items() if schema.get("LocalSecondaryIndexes")]


@pytest.mark.parametrize("name", MODELS)
def test_what_expires_says_when(name: str) -> None:
    expires = any("ttl" in model.get_attributes() for model in MODELS[name])

    assert expires == (name in EXPIRING)
    assert ("TimeToLiveSpecification" in declared_tables()[logical_id_of(name)]) == expires


def test_every_table_has_a_model() -> None:
    assert MODELS.keys() == set(TABLE_NAMES.values())


@pytest.mark.parametrize("name", MODELS)
def test_keys_are_those_of_the_template(name: str) -> None:
    declared = _key_of(table_schemas()[name])

    for model in MODELS[name]:
        assert _keys_among(model.get_attributes()) == declared


@pytest.mark.parametrize("name", MODELS)
def test_indexes_are_those_of_the_template(name: str) -> None:
    declared = {
        kind: {index["IndexName"]: (_key_of(index), _projection_of(index)) for index in of_kind}
        for kind, of_kind in table_schemas()[name].items()
        if kind.endswith("Indexes")
    }

    modelled: dict[str, dict[str, object]] = {}
    for model in MODELS[name]:
        for index in _indexes_of(model):
            projection = index.Meta.projection
            modelled.setdefault(_KINDS[type(index).__mro__[1].__name__], {})[index.Meta.index_name] = (
                _keys_among({key: each for key, each in vars(type(index)).items() if _is_attribute(each)}),
                (projection.projection_type, sorted(projection.non_key_attributes or [])),
            )

    assert modelled == declared


@pytest.mark.parametrize("name", MODELS)
def test_all_keys_are_texts_as_declared(name: str) -> None:
    declared = {
        each["AttributeName"]: each["AttributeType"] for each in table_schemas()[name]["AttributeDefinitions"]
    }

    for attribute in MODELS[name][0].get_attributes().values():
        if attribute.attr_name in declared:
            assert attribute.attr_type == declared[attribute.attr_name]


_KINDS = {"GlobalSecondaryIndex": "GlobalSecondaryIndexes", "LocalSecondaryIndex": "LocalSecondaryIndexes"}


def _indexes_of(model: type[Model]) -> list[Index[Any]]:
    return [each for each in vars(model).values() if isinstance(each, Index)]


def _is_attribute(value: object) -> bool:
    return isinstance(value, Attribute)


def _keys_among(attributes: dict[str, Attribute[Any]]) -> list[str]:
    """The hash key, then the range key."""
    keys = [each for each in attributes.values() if each.is_hash_key or each.is_range_key]
    return [each.attr_name for each in sorted(keys, key=lambda each: each.is_range_key)]


def _key_of(declared: Any) -> list[str]:
    return [part["AttributeName"] for part in declared["KeySchema"]]


def _projection_of(index: Any) -> tuple[str, list[str]]:
    projection = index["Projection"]
    return projection["ProjectionType"], sorted(projection.get("NonKeyAttributes", []))
