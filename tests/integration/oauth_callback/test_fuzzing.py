"""Whatever query a stranger brings to the callback ends on the host's page, with nothing linked."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shared.domain.errors import RefusalCode
from tests.integration.oauth_callback.conftest import Linking

pytestmark = pytest.mark.exhaustive

REFUSED = {code.value for code in RefusalCode}
names = st.sampled_from(["code", "state", "error", "error_description", "STATE", ""])
key = st.from_regex(r"[0-9a-f]{32}\.[A-Za-z0-9_-]{43}", fullmatch=True)
values = st.text(max_size=60) | key
queries = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(names, values), max_size=6).map(urlencode),
    st.lists(st.tuples(names, st.binary(max_size=20).map(quote)), max_size=6).map(
        lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
    ),
)
fuzzing = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    # Nothing these tests do changes the world of the fixture.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def test_whatever_a_stranger_brings_ends_on_the_hosts_page(linking: Linking) -> None:
    linking.start()
    before = linking.attempt().serialize()

    @fuzzing
    @given(query=queries)
    @example(query="&" * 1000)
    @example(query="state=%f0%9f&code=%ff")
    @example(query="code=" + "a" * 8000)
    def redirect(query: str) -> None:
        linking.log.truncate(0)

        returned = linking.returned(linking.redirect(query))

        assert list(returned) == ["error"]
        assert returned["error"] in REFUSED

    redirect()
    assert linking.attempt().serialize() == before
    assert linking.link_rows() == {}


@pytest.mark.parametrize("character", ["\r\n", "\x00", "#", "&handle=x", "%0d%0aSet-Cookie: a=b", "\u202e"])
def test_nothing_of_a_query_reaches_the_address_the_browser_is_sent_to(
    linking: Linking, character: str
) -> None:
    query = urlencode({"state": f"x{character}", "code": character, "error": f"access_denied{character}"})

    answer = linking.redirect(query)

    assert answer["headers"]["Location"].partition("#")[2] == "error=invalid_request"
    assert answer["body"] == ""
