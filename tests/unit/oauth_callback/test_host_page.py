"""The browser goes to the host's page, whatever is brought along."""

import pytest

from functions.oauth_callback.host_page import with_parameter


@pytest.mark.parametrize(
    ("page", "url"),
    [
        ("https://app.example/settings", "https://app.example/settings#handle=a.b"),
        ("https://app.example", "https://app.example#handle=a.b"),
        ("https://app.example/s?tab=x%20y&z", "https://app.example/s?tab=x%20y&z#handle=a.b"),
        ("https://app.example/s#part", "https://app.example/s#part&handle=a.b"),
    ],
)
def test_adds_a_parameter_to_the_fragment_and_keeps_the_rest(page: str, url: str) -> None:
    assert with_parameter(page, "handle", "a.b") == url


def test_a_value_cannot_leave_its_parameter() -> None:
    url = with_parameter("https://app.example/s", "error", "x&admin=1#\r\nSet-Cookie: a")

    assert url == "https://app.example/s#error=x%26admin%3D1%23%0D%0ASet-Cookie%3A+a"
