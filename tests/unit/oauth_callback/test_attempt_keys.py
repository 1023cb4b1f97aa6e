"""`state` and `handle`: unguessable, kept as hashes, opening one attempt each."""

import pytest

from functions.oauth_callback.attempt_keys import attempt_id_in, new_attempt_id, new_key, parse_key
from shared.domain.errors import LinkRefused, RefusalCode


def test_a_key_survives_its_journey_in_a_url() -> None:
    key = new_key(new_attempt_id())

    assert parse_key(key.text()) == key


def test_a_key_opens_what_has_its_hash_and_nothing_else() -> None:
    key, another = new_key("0" * 32), new_key("0" * 32)

    assert key.opens(key.secret_hash())
    assert not another.opens(key.secret_hash())
    assert not key.opens(None)
    assert not key.opens("")


def test_a_key_does_not_show_itself() -> None:
    key = new_key(new_attempt_id())

    assert key.secret not in repr(key)


def test_a_state_fits_into_what_dropbox_accepts() -> None:
    assert len(new_key(new_attempt_id()).text()) <= 500


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        ".",
        7,
        [],
        "0" * 32,
        "0" * 32 + "." + "a" * 42,
        "0" * 32 + "." + "a" * 44,
        "0" * 31 + "." + "a" * 43,
        "G" * 32 + "." + "a" * 43,
        "0" * 32 + "." + "a" * 43 + "\n",
        "0" * 32 + "." + "é" * 43,
        "x" * 5000,
        "\u0660" * 32 + "." + "a" * 43,
    ],
)
def test_what_cannot_be_a_key_is_refused_and_never_logged(text: object) -> None:
    with pytest.raises(LinkRefused) as refused:
        parse_key(text)

    assert refused.value.code is RefusalCode.INVALID_REQUEST
    assert attempt_id_in(text) is None


def test_the_log_sees_the_attempt_and_not_the_secret() -> None:
    key = new_key("0" * 32)

    assert attempt_id_in(key.text()) == "0" * 32
