"""What all tables have in common: PynamoDB's model, over one client.

Names of tables come from the settings at start (`bind`), never from the environment at import.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from botocore.session import Session
from pynamodb.connection import Connection, TableConnection
from pynamodb.models import Model

from shared.aws.clients import shared_session

CONNECT_TIMEOUT_SECONDS = 3
READ_TIMEOUT_SECONDS = 10
MAX_CONNECTIONS = 32


class TableMeta:
    """What `bind` fills in."""

    table_name = ""


class _SharedSessionConnection(Connection):
    """A connection over the session of all clients: by itself PynamoDB makes a session for each thread."""

    @property
    def session(self) -> Session:
        return shared_session()


class _SharedClientConnection(_SharedSessionConnection):
    """A table's connection over the one client of all tables.

    By itself PynamoDB makes a client for each table, 0.1 seconds of a cold start, and makes it lazily
    and not thread-safely.
    """

    @property
    def client(self) -> Any:  # noqa: ANN401 - PynamoDB keeps its type private
        return transaction_connection().client


class Row(Model):
    """An item of one of our tables, or of the host's."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        """Extend PynamoDB's own hook: its documentation names none for handing it a client."""
        table = super()._get_connection()
        if not isinstance(table.connection, _SharedClientConnection):
            shared = _SharedClientConnection()
            shared.add_meta_table(table.get_meta_table())
            table.connection = shared
        return table


def bind(model: type[Model], table_name: str) -> None:
    """Point a model at its table; its client is made now, before there are threads."""
    model.Meta.table_name = table_name
    transaction_connection()


@cache
def transaction_connection() -> Connection:
    """The connection for TransactWrite, which belongs to no single table; its client serves all tables."""
    connection = _SharedSessionConnection(
        connect_timeout_seconds=CONNECT_TIMEOUT_SECONDS,
        read_timeout_seconds=READ_TIMEOUT_SECONDS,
        max_pool_connections=MAX_CONNECTIONS,
    )
    _ = connection.client
    return connection
