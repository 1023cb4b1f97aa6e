"""Addresses that a folder can be shared with: never one that Dropbox's SDK refuses to ask about."""

from __future__ import annotations

import pytest
from dropbox.sharing import MemberSelector
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.sharing import is_address


@given(
    st.builds(
        lambda name, host, ending: f"{name}@{host}.{ending}",
        st.text(max_size=70),
        st.text(max_size=70),
        st.text(max_size=20),
    )
    | st.emails()
)
def test_what_counts_as_an_address_can_be_asked_for(text: str) -> None:
    if is_address(text):
        MemberSelector.email(text)


@pytest.mark.parametrize(
    "address",
    [
        "anna@accountants.example",
        "o'neil+jenji@sub.accountants.example",
        "%x_y-z&co#1@xn--comptabilit-kbb.example",
    ],
)
def test_unusual_addresses_of_people_count(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize("address", ["", "anna", "anna@example", "anna@example.", "a" * 250 + "@b.fr"])
def test_what_is_none_does_not(address: str) -> None:
    assert not is_address(address)
