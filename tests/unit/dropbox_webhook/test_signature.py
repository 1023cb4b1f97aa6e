"""Who may ring: only who knows the app's secret."""

import hashlib
import hmac

import pytest

from functions.dropbox_webhook.signature import is_signed

BODY = '{"list_folder": {"accounts": ["dbid:é"]}}'.encode()


def _signature(body: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_accepts_what_the_current_secret_has_signed() -> None:
    assert is_signed(BODY, _signature(BODY, "current"), ["current", "previous"])


def test_accepts_what_the_previous_secret_has_signed() -> None:
    assert is_signed(BODY, _signature(BODY, "previous"), ["current", "previous"])


def test_signs_the_raw_bytes_even_where_they_are_not_utf8() -> None:
    body = b'{"list_folder": "\xff\xfe"}'

    assert is_signed(body, _signature(body, "current"), ["current"])


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "0" * 64,
        "é" * 64,
        "\ud800",
        _signature(BODY, "another"),
        _signature(BODY + b" ", "current"),
        _signature(BODY, "current")[:-1],
        _signature(BODY, "current") + "0",
        _signature(BODY, "current") + "," + _signature(BODY, "current"),
        "sha256=" + _signature(BODY, "current"),
    ],
)
def test_refuses_every_other_signature(signature: str) -> None:
    assert not is_signed(BODY, signature, ["current", "previous"])


def test_refuses_everything_where_no_secret_is_known() -> None:
    assert not is_signed(BODY, _signature(BODY, ""), [])


def test_asks_for_the_previous_secret_only_where_the_current_one_does_not_fit() -> None:
    asked: list[str] = []

    def secrets():
        for name in ("current", "previous"):
            asked.append(name)
            yield name

    is_signed(BODY, _signature(BODY, "current"), secrets())

    assert asked == ["current"]
