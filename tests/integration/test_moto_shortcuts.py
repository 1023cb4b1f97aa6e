"""What the shortcuts through moto answer is what moto answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.integration.moto_shortcuts import LARGEST_ITEM_BYTES, take_shortcuts

TABLE = "things"
SCHEMA: dict[str, Any] = {
    "TableName": TABLE,
    "AttributeDefinitions": [
        {"AttributeName": name, "AttributeType": kind}
        for name, kind in (("owner", "S"), ("number", "N"), ("colour", "S"), ("due", "S"))
    ],
    "KeySchema": [
        {"AttributeName": "owner", "KeyType": "HASH"},
        {"AttributeName": "number", "KeyType": "RANGE"},
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "by_colour",
            "KeySchema": [
                {"AttributeName": "colour", "KeyType": "HASH"},
                {"AttributeName": "due", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
    "BillingMode": "PAY_PER_REQUEST",
}
OF_ONE_KEY: dict[str, Any] = {
    "TableName": "names",
    "AttributeDefinitions": [{"AttributeName": "name", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "name", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
}
Call = tuple[str, dict[str, Any]]


def key(owner: str, number: int) -> dict[str, Any]:
    return {"owner": {"S": owner}, "number": {"N": str(number)}}


def thing(owner: str, number: int, **more: Any) -> dict[str, Any]:
    return key(owner, number) | {
        "colour": {"S": "red" if number % 2 else "blue"},
        "due": {"S": f"2026-11-{number % 5 + 10}"},
        "map": {"M": {"list": {"L": [{"N": "1.50"}, {"NULL": True}]}, "empty": {"M": {}}}},
        "bytes": {"B": b"\x00\xff"},
        "names": {"SS": ["b", "a"]},
        "flag": {"BOOL": False},
        "nothing": {"S": ""},
        **more,
    }


def update(expression: str, *, of: dict[str, Any] | None = None, when: str = "", **more: Any) -> Call:
    """Names and values that its texts mention are sent with them."""
    texts = expression + when
    names = {"#c": "colour", "#m": "map", "#l": "list", "#n": "count", "#o": "owner"}
    values = {":t": {"S": "text"}, ":n": {"N": "2"}, ":l": {"L": [{"S": "x"}]}, ":s": {"SS": ["a", "z"]}}
    request = {
        "TableName": TABLE,
        "Key": of or key("alice", 1),
        "UpdateExpression": expression,
        "ExpressionAttributeNames": {name: value for name, value in names.items() if name in texts},
        "ExpressionAttributeValues": {name: value for name, value in values.items() if name in texts},
        "ConditionExpression": when,
    } | more
    return "update_item", {name: value for name, value in request.items() if value}


def in_transaction(*calls: Call, **more: Any) -> Call:
    kinds = {"update_item": "Update", "put_item": "Put", "delete_item": "Delete"}
    return "transact_write_items", {"TransactItems": [{kinds[name]: given} for name, given in calls]} | more


def put(owner: str, number: int, **more: Any) -> Call:
    return "put_item", {"TableName": TABLE, "Item": thing(owner, number), **more}


def of_owner(owner: str, **more: Any) -> Call:
    values = {":o": {"S": owner}} | more.pop("values", {})
    conditions = "#owner = :o" + more.pop("condition", "")
    return "query", {
        "TableName": TABLE,
        "KeyConditionExpression": conditions,
        "ExpressionAttributeNames": {"#owner": "owner"} | more.pop("names", {}),
        "ExpressionAttributeValues": values,
        **more,
    }


def of_colour(colour: str, **more: Any) -> Call:
    return "query", {
        "TableName": TABLE,
        "IndexName": "by_colour",
        "KeyConditionExpression": "colour = :c",
        "ExpressionAttributeValues": {":c": {"S": colour}},
        **more,
    }


READS: list[Call] = [
    ("get_item", {"TableName": TABLE, "Key": key("alice", 1)}),
    ("get_item", {"TableName": TABLE, "Key": key("nobody", 1)}),
    (
        "get_item",
        {
            "TableName": TABLE,
            "Key": key("alice", 1),
            "ProjectionExpression": "colour, #m.#l",
            "ExpressionAttributeNames": {"#m": "map", "#l": "list"},
        },
    ),
    ("batch_get_item", {"RequestItems": {TABLE: {"Keys": [key("alice", 1), key("bob", 2), key("x", 1)]}}}),
    ("transact_get_items", {"TransactItems": [{"Get": {"TableName": TABLE, "Key": key("bob", 2)}}]}),
    ("scan", {"TableName": TABLE}),
    ("scan", {"TableName": TABLE, "Limit": 3}),
    ("scan", {"TableName": "names"}),
    of_owner("alice"),
    of_owner("nobody"),
    of_owner("alice", ScanIndexForward=False, Limit=2),
    of_owner("alice", Limit=2, ExclusiveStartKey=key("alice", 2)),
    of_owner("alice", Select="COUNT"),
    of_owner(
        "alice",
        condition=" AND #number BETWEEN :low AND :high",
        names={"#number": "number"},
        values={":low": {"N": "2"}, ":high": {"N": "10"}},
    ),
    of_owner("alice", FilterExpression="colour = :c", values={":c": {"S": "red"}}),
    of_colour("red"),
    of_colour("green"),
    of_colour("red", Limit=2, ScanIndexForward=False),
    of_colour("red", Limit=2, ExclusiveStartKey=key("bob", 1) | {"colour": {"S": "red"}, "due": {"S": "2026-11-11"}}),
    ("query", {"TableName": "names", "KeyConditionExpression": "#n = :n", "ExpressionAttributeNames": {"#n": "name"}, "ExpressionAttributeValues": {":n": {"S": "anna"}}}),
]  # fmt: skip
WRITES: list[Call] = [
    update("SET #c = :t", ReturnValues="ALL_NEW"),
    update("SET #c = if_not_exists(unheard, :t), #n = :n REMOVE flag, nothing", ReturnValues="ALL_OLD"),
    update("ADD #n :n, names :s", ReturnValues="UPDATED_NEW"),
    update("DELETE names :s", ReturnValues="ALL_NEW"),
    update("SET #m.#l = list_append(#m.#l, :l), #m.#c = :t", ReturnValues="ALL_NEW"),
    update("SET #m.#l[0] = :t REMOVE #m.#l[1]", ReturnValues="ALL_NEW"),
    update("SET #n = :n", of=key("carol", 9), ReturnValues="ALL_NEW"),
    update("SET #n = :n", when="attribute_exists(#c) AND NOT #c = :t", ReturnValues="ALL_NEW"),
    update("SET #n = :n", when="#c = :t OR size(#m) > :n"),
    update("SET #n = :n", when="#c = :t", ReturnValuesOnConditionCheckFailure="ALL_OLD"),
    update("SET #o = :t"),
    update("SET #c = :t, #c = :n"),
    update("SET #c = :t SET #n = :n"),
    update("SET #c = :missing"),
    update("SET #m.unheard.#c = :t"),
    update("SET #n = #n + :n"),
    update("FROB #c"),
    put("alice", 1, ReturnValues="ALL_OLD"),
    put("dave", 1, ConditionExpression="attribute_not_exists(colour)"),
    put("alice", 2, ConditionExpression="attribute_not_exists(colour)"),
    ("put_item", {"TableName": TABLE, "Item": thing("alice", 1, large={"S": "x" * (LARGEST_ITEM_BYTES - 200)})}),
    ("put_item", {"TableName": TABLE, "Item": thing("alice", 1, large={"S": "x" * LARGEST_ITEM_BYTES})}),
    ("put_item", {"TableName": TABLE, "Item": thing("", 1)}),
    ("put_item", {"TableName": TABLE, "Item": {"owner": {"S": "alice"}}}),
    ("put_item", {"TableName": "unheard", "Item": thing("alice", 1)}),
    ("delete_item", {"TableName": TABLE, "Key": key("alice", 1), "ReturnValues": "ALL_OLD"}),
    ("delete_item", {"TableName": TABLE, "Key": key("x", 1), "ConditionExpression": "attribute_exists(colour)"}),
    in_transaction(put("erin", 1), update("SET #c = :t"), ("delete_item", {"TableName": TABLE, "Key": key("bob", 2)})),
    in_transaction(put("erin", 1), update("SET #c = :t, #m.#l[0] = :t"), update("SET #n = :n", of=key("bob", 1), when="#c = :t")),
    in_transaction(update("SET #n = :n", when="#c = :t", ReturnValuesOnConditionCheckFailure="ALL_OLD"), put("erin", 1)),
    in_transaction(update("SET #c = :t"), update("SET #n = :n")),
    in_transaction(update("ADD names :s", of=key("bob", 1)), update("SET #o = :t")),
    ("batch_write_item", {"RequestItems": {TABLE: [{"PutRequest": {"Item": thing("frank", 1)}}, {"DeleteRequest": {"Key": key("bob", 1)}}]}}),
]  # fmt: skip


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Call]], list[list[Any]]]:
    """Of calls to a filled AWS, without shortcuts and with them; the last of each is what there is then."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")

    def answer_both(calls: list[Call]) -> list[list[Any]]:
        plain = answered(calls)
        with monkeypatch.context() as patch:
            take_shortcuts(patch)
            return [plain, answered(calls)]

    return answer_both


def answered(calls: list[Call]) -> list[Any]:
    with mock_aws():
        dynamodb = client()
        for schema in (SCHEMA, OF_ONE_KEY):
            dynamodb.create_table(**schema)
        for owner in ("alice", "bob"):
            for number in (1, 2, 3, 10, 4):
                dynamodb.put_item(TableName=TABLE, Item=thing(owner, number))
        for name in ("anna", "zoe"):
            dynamodb.put_item(TableName="names", Item={"name": {"S": name}})
        return [ask(dynamodb, *call) for call in [*calls, ("scan", {"TableName": TABLE})]]


@cache
def client() -> Any:
    """Made once: any emulated AWS answers it."""
    return boto3.client("dynamodb")


def ask(dynamodb: Any, operation: str, request: dict[str, Any]) -> Any:
    """An answer or a refusal, but for what is another each time."""
    try:
        answer = getattr(dynamodb, operation)(**request)
    except ClientError as error:
        answer = error.response
    status = answer.pop("ResponseMetadata")["HTTPStatusCode"]
    return status, answer


def test_every_read_is_answered_alike(answers: Callable[[list[Call]], list[list[Any]]]) -> None:
    plain, quick = answers(READS)

    for call, one, other in zip(READS, plain, quick, strict=False):
        assert one == other, call
    assert {status for status, _ in plain} == {200}


@pytest.mark.parametrize("call", WRITES, ids=lambda call: call[0])
def test_a_write_is_answered_alike_and_leaves_the_same(
    answers: Callable[[list[Call]], list[list[Any]]], call: Call
) -> None:
    plain, quick = answers([call])

    assert plain == quick


def test_writes_one_after_the_other_leave_the_same(
    answers: Callable[[list[Call]], list[list[Any]]],
) -> None:
    plain, quick = answers([*WRITES, *READS])

    assert plain == quick
    assert {200, 400} == {status for status, _ in plain}
