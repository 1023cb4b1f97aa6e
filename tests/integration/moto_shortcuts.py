"""What moto and botocore compute again and again for each call, computed once: the same answers, sooner."""

from __future__ import annotations

import copy
import string
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any

import pytest
from botocore import parsers
from botocore.signers import RequestSigner
from botocore.useragent import UserAgentString
from moto import backend_index
from moto.core import parse, responses
from moto.core.serialize import ResponseSerializer
from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table
from moto.dynamodb.parsing.ast_nodes import DepthFirstTraverser, Expression, Node, UpdateExpressionFunction
from moto.dynamodb.parsing.expressions import UpdateExpressionParser
from moto.dynamodb.parsing.validators import ActionCountValidator, OverlappingPathsValidator
from moto.kms import models as kms_models
from moto.kms.utils import generate_private_key
from moto.moto_api._internal.moto_random import MotoRandom
from moto.sqs import models as sqs_models

SERVICES = {"dynamodb", "events", "kms", "s3", "secretsmanager", "ses", "sesv2", "sqs", "sts"}
INDEX_NAME = 6
"""Where it stands among the further arguments of a query."""
SCALARS = {"S", "N", "B", "BOOL", "NULL"}
LARGEST_ITEM_BYTES = 405_000
"""Where moto, too, says that an item is too large."""
_LETTERS_AND_DIGITS = string.ascii_letters + string.digits

_method_names = cache(responses.method_names_from_class)
_action_name = cache(responses.camelcase_to_underscores)
_parsed_update = lru_cache(maxsize=1024)(UpdateExpressionParser.make)
_sign_request = RequestSigner.sign
_user_agent_of = UserAgentString.to_string
_handle_any_structure = parsers.BaseJSONParser._handle_structure
_parse_any_structure = parse.BaseJSONParser._parse_structure
_serialize_structure = ResponseSerializer._serialize_type_structure
_lex_one_node = ConditionExpressionParser._lex_one_node
_copy_value = DynamoType.__deepcopy__
_cast_value = DynamoType.cast_value.fget
_query = Table.query
_update_item = DynamoDBBackend.update_item


def take_shortcuts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the test ends."""
    shortcuts: list[tuple[object, str, object]] = [
        (backend_index, "backend_url_patterns", _patterns_of_what_is_used()),
        (responses, "method_names_from_class", _method_names),
        (responses, "camelcase_to_underscores", _action_name),
        (sqs_models, "camelcase_to_underscores", _action_name),
        (RequestSigner, "sign", _sign),
        (UserAgentString, "to_string", _user_agent),
        (parsers.BaseJSONParser, "_handle_structure", _handle_structure),
        (parse.BaseJSONParser, "_parse_structure", _parse_structure),
        (MotoRandom, "get_random_string", _random_string),
        (kms_models, "generate_private_key", _private_key),
        (ResponseSerializer, "_serialize_type_structure", _serialize_what_there_is),
        (UpdateExpressionParser, "make", staticmethod(_parsed_update)),
        (Node, "__deepcopy__", _copy_of_node),
        (Node, "find_clauses", _find_clauses),
        (ActionCountValidator, "verify_action_counts", _counts_checked),
        (OverlappingPathsValidator, "check_for_overlapping_paths", _paths_checked),
        (DepthFirstTraverser, "traverse_node_recursively", _traverse),
        (ConditionExpressionParser, "_lex_one_node", lambda _self, rest: _lexed(rest)),
        (DynamoType, "__deepcopy__", _copy_of_value),
        (Item, "__init__", _make_item),
        (DynamoType, "cast_value", property(_value_to_compare)),
        (Table, "query", _query_what_has_the_key),
        (Table, "__deepcopy__", _copy_of_table),
        (DynamoDBBackend, "update_item", _update_own_copy),
    ]
    for owner, name, shortcut in shortcuts:
        monkeypatch.setattr(owner, name, shortcut, raising=name != "__deepcopy__")


@cache
def _patterns_of_what_is_used() -> list[tuple[str, Any]]:
    """Of 180; each call is compared with them one by one, also those to Dropbox."""
    return [(service, url) for service, url in backend_index.backend_url_patterns if service in SERVICES]


def _random_string(
    self: MotoRandom, length: int = 20, include_digits: bool = True, lower_case: bool = False
) -> str:
    """Each answer has an id of 52 characters, which moto draws one by one."""
    pool = _LETTERS_AND_DIGITS if include_digits else string.ascii_letters
    drawn = "".join(self.choices(pool, k=length))
    return drawn.lower() if lower_case else drawn


@cache
def _private_key(key_spec: str) -> object:
    """Moto makes an RSA key for every key, also for one that never signs: 0.1 seconds each."""
    return generate_private_key(key_spec)


# Requests


def _sign(self: RequestSigner, operation_name: str, request: Any, *args: Any, **more: Any) -> None:
    """Moto looks at no signature; that of a URL is somebody's to see, and S3 tells who is who by it."""
    if self.signing_name != "dynamodb":
        _sign_request(self, operation_name, request, *args, **more)


def _user_agent(self: UserAgentString) -> str:
    """Written once for each client; botocore writes it twice a call."""
    config, written = vars(self).get("written", (None, None))
    if written is None or config is not self._client_config:
        written = _user_agent_of(self)
        self.written = (self._client_config, written)
    return written


def _parse_structure(self: Any, shape: Any, value: Any) -> Any:
    """A value of a row is of one type; nine in ten of a request's structures are such values."""
    if shape.name != "AttributeValue" or type(value) is not dict:
        return _parse_any_structure(self, shape, value)
    parsed = self.MAP_TYPE()
    for kind, content in value.items():
        if content is not None and kind in shape.members:
            parsed[kind] = self._parse_shape(shape.members[kind], content)
    return parsed


# Answers


def _handle_structure(self: Any, shape: Any, value: Any) -> Any:
    """The same of an answer, as botocore reads it."""
    if shape.name != "AttributeValue" or type(value) is not dict or len(value) != 1:
        return _handle_any_structure(self, shape, value)
    [(kind, content)] = value.items()
    if content is None or kind not in shape.members:
        return _handle_any_structure(self, shape, value)
    return {kind: self._parse_shape(shape.members[kind], content)}


def _serialize_what_there_is(
    self: ResponseSerializer, serialized: Any, value: object, shape: Any, key: str
) -> None:
    """Moto asks an answer for all that its kind may have, under each name that this could have.

    DynamoDB's are dictionaries by the very names.
    """
    if type(value) is not dict or self.operation_model.service_model.service_name != "dynamodb":
        _serialize_structure(self, serialized, value, shape, key)
        return
    written = self.MAP_TYPE() if key else serialized
    for name, content in value.items():
        if content is not None and name in shape.members:
            self._serialize(written, content, shape.members[name], name)
    if key:
        self._default_serialize(serialized, written, shape, key)


# Expressions: an update's is a tree that ten rules walk through, each looking for a few kinds of its nodes


@cache
def _is(kind: type, kinds: tuple[type, ...]) -> bool:
    """`isinstance`, which takes its time for abstract classes."""
    return issubclass(kind, kinds)


@cache
def _is_node(kind: type) -> bool:
    return issubclass(kind, Node)


def _traverse(self: Any, node: Any, child_id: int = -1) -> Any:
    if not _is_node(type(node)):
        return node
    kinds = tuple(self._processing_map())
    says_where_it_is = type(self).pre_processing_of_child is not DepthFirstTraverser.pre_processing_of_child
    return _walk(self, node, child_id, kinds, self.pre_processing_of_child if says_where_it_is else None)


def _walk(rule: Any, node: Any, child_id: int, kinds: tuple[type, ...], before: Any) -> Any:
    parent = node.parent
    for number, child in enumerate(node.children or ()):
        if before is not None:
            before(node, number)
        if _is_node(type(child)):
            _walk(rule, child, number, kinds, before)
    if _is(type(node), kinds):
        node = rule.process(node)
        node.parent = parent
        if parent:
            parent.children[child_id] = node
    return node


def _only_of_the_whole(check: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A rule about all clauses, which moto asks of each part of the tree as well."""
    return lambda self, node: node if node.parent else check(self, node)


_counts_checked = _only_of_the_whole(ActionCountValidator.verify_action_counts)
_paths_checked = _only_of_the_whole(OverlappingPathsValidator.check_for_overlapping_paths)


def _find_clauses(self: Any, clause_types: list[type]) -> list[Any]:
    clauses: list[Any] = []
    for child in self.children or []:
        if type(child) in clause_types:
            clauses.append(child)
        elif _is(type(child), (Expression, UpdateExpressionFunction)):
            clauses.extend(child.find_clauses(clause_types))
    return clauses


def _copy_of_node(self: Any, memo: dict[int, Any]) -> Any:
    """Without the tree above it, which moto never means: it copies from the root."""
    copied = object.__new__(type(self))
    copied.type, copied.parent, copied.children = self.type, None, None
    if self.children is not None:
        copied.children = [copy.deepcopy(child, memo) for child in self.children]
        for child in copied.children:
            if _is_node(type(child)):
                child.parent = copied
    return copied


@lru_cache(maxsize=4096)
def _lexed(rest_of_expression: str) -> Any:
    """The first word of the text of a condition, and what is left of it."""
    return _lex_one_node(ConditionExpressionParser(None, None, None), rest_of_expression)


# Items


def _copy_of_value(self: DynamoType, memo: dict[int, Any]) -> DynamoType:
    """Of what can be altered; a text or a number is only ever replaced."""
    return self if self.type in SCALARS else _copy_value(self, memo)


def _make_item(self: Item, hash_key: DynamoType, range_key: DynamoType | None, attrs: dict[str, Any]) -> None:
    """Weigh it once; moto weighs what is there before each attribute that comes to it."""
    self.hash_key, self.range_key, self.attrs = hash_key, range_key, LimitedSizeDict()
    for name, value in attrs.items():
        dict.__setitem__(self.attrs, name, DynamoType(value))
    if self.size() > LARGEST_ITEM_BYTES:
        raise ItemSizeTooLarge


def _value_to_compare(self: DynamoType) -> Any:
    """Nearly all keys are texts."""
    return self.value if self.type == "S" else _cast_value(self)


def _query_what_has_the_key(self: Table, hash_key: DynamoType | None, *args: Any, **more: Any) -> Any:
    """Moto sorts a whole table before it looks at whose items they are."""
    conditions = [] if hash_key is None else [(self.hash_key_attr, hash_key)]
    if args[INDEX_NAME]:
        conditions = more["hash_key_conditions"]
    partitions = copy.copy(self)
    partitions.items = defaultdict(dict)
    for item in _items(self):
        if all(name in item.attrs and item.attrs[name] == value for name, value in conditions):
            _put(partitions, item)
    return _query(partitions, hash_key, *args, **more)


def _items(table: Table) -> Iterator[Item]:
    for found in table.items.values():
        if isinstance(found, Item):
            yield found
        else:
            yield from found.values()


def _copy_of_table(self: Table, _memo: dict[int, Any]) -> Table:
    """Another table with the same items: before each write of a transaction moto copies every item.

    None of them is ever altered: what is updated is a copy.
    """
    copied = copy.copy(self)
    copied.items = self.items.copy()
    if self.range_key_attr:
        for partition, items in self.items.items():
            copied.items[partition] = items.copy()
    return copied


def _update_own_copy(
    self: DynamoDBBackend, table_name: str, key: dict[str, Any], *args: Any, **more: Any
) -> Item:
    table = self.tables.get(table_name)
    if table and set(table.table_key_attrs) == set(key):
        hash_key, range_key = self.get_keys_value(table, key)
        if item := table.get_item(hash_key, range_key):
            _put(table, copy.deepcopy(item))
    return _update_item(self, table_name, key, *args, **more)


def _put(table: Table, item: Item) -> None:
    if item.range_key:
        table.items[item.hash_key][item.range_key] = item
    else:
        table.items[item.hash_key] = item  # type: ignore[assignment]
