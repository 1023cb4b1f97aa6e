"""What the host's session token says about who may link what."""

import pytest

from shared.domain.errors import RefusalCode, RequestRefused
from shared.domain.links import Purpose
from shared.http.host_session import HostSession, check_may_link, locale_in, session_of


def _session(role: str = "employee", plan: str = "solo") -> HostSession:
    return session_of(
        {"exp": "1795341600", "sub": "alice", "company_id": "atelier", "role": role, "plan": plan}
    )


@pytest.mark.parametrize("role", ["employee", "administrator", ""])
@pytest.mark.parametrize("plan", ["solo", "team", "enterprise", ""])
def test_every_user_on_every_plan_may_link_auto_import(role: str, plan: str) -> None:
    check_may_link(_session(role, plan), Purpose.AUTO_IMPORT)


@pytest.mark.parametrize("plan", ["team", "enterprise"])
def test_an_administrator_of_a_larger_plan_may_link_synchronisation(plan: str) -> None:
    check_may_link(_session("administrator", plan), Purpose.SYNCHRONISATION)


@pytest.mark.parametrize(
    ("role", "plan", "code"),
    [
        ("employee", "team", RefusalCode.NOT_ADMINISTRATOR),
        ("employee", "solo", RefusalCode.NOT_ADMINISTRATOR),
        ("", "enterprise", RefusalCode.NOT_ADMINISTRATOR),
        ("Administrator", "team", RefusalCode.NOT_ADMINISTRATOR),
        ("administrator", "solo", RefusalCode.PLAN_REQUIRED),
        ("administrator", "", RefusalCode.PLAN_REQUIRED),
    ],
)
def test_nobody_else_may_link_synchronisation(role: str, plan: str, code: RefusalCode) -> None:
    with pytest.raises(RequestRefused) as refused:
        check_may_link(_session(role, plan), Purpose.SYNCHRONISATION)

    assert refused.value.code is code


@pytest.mark.parametrize(
    "claims", [{}, {"sub": "alice"}, {"company_id": "atelier"}, {"sub": "", "company_id": "a"}]
)
def test_claims_that_do_not_say_who_it_is_are_no_session(claims: dict[str, str]) -> None:
    with pytest.raises(RequestRefused) as refused:
        session_of(claims)

    assert refused.value.code is RefusalCode.NOT_SIGNED_IN


@pytest.mark.parametrize(
    ("claimed", "locale"),
    [
        ("fr", "fr"),
        ("fr-FR", "fr-FR"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("", "en"),
        ("<script>", "en"),
        ("x" * 999, "en"),
    ],
)
def test_a_locale_is_taken_only_where_it_is_one(claimed: str, locale: str) -> None:
    assert locale_in({"locale": claimed}) == locale


@pytest.mark.parametrize("claim", ["sub", "company_id"])
@pytest.mark.parametrize("value", ["x" * 3000, "é" * 451, "half a \ud800 pair"])
def test_who_no_key_can_name_is_not_signed_in(claim: str, value: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        session_of({"exp": "1795341600", "sub": "alice", "company_id": "atelier"} | {claim: value})

    assert refused.value.code is RefusalCode.NOT_SIGNED_IN


def test_a_user_whose_quoted_id_is_longer_than_a_key_of_the_bucket_is_not_signed_in() -> None:
    with pytest.raises(RequestRefused):
        session_of({"exp": "1795341600", "sub": "é" * 300, "company_id": "atelier"})


def test_a_token_that_never_expires_is_nobodys() -> None:
    with pytest.raises(RequestRefused) as refused:
        session_of({"sub": "alice", "company_id": "atelier", "role": "administrator"})

    assert refused.value.code is RefusalCode.NOT_SIGNED_IN
