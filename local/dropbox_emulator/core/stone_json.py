"""Stone values to JSON and back, with types; Stone itself ships none."""

# ruff: noqa: ANN401 - Stone's values have no static types

from typing import Any

from stone.backends.python_rsrc import stone_serializers


def encode(data_type: Any, value: Any) -> str:
    """A value as JSON.

    Raises:
        ValidationError: the value is not of the type.

    """
    return str(stone_serializers.json_encode(data_type, value))  # type: ignore[no-untyped-call] # untyped


def encode_object(data_type: Any, value: Any) -> Any:
    """A value as dictionaries and lists.

    Raises:
        ValidationError: the value is not of the type.

    """
    return stone_serializers.json_compat_obj_encode(data_type, value)  # type: ignore[no-untyped-call] # untyped


def decode(data_type: Any, text: str) -> Any:
    """A value from JSON, without unknown fields or tags.

    Raises:
        ValidationError: not JSON, or not of the type.

    """
    return stone_serializers.json_decode(data_type, text, strict=True)  # type: ignore[no-untyped-call] # untyped


def decode_object(data_type: Any, value: Any) -> Any:
    """A value from dictionaries and lists, without unknown fields or tags.

    Raises:
        ValidationError: not of the type.

    """
    return stone_serializers.json_compat_obj_decode(data_type, value, strict=True)  # type: ignore[no-untyped-call] # untyped
