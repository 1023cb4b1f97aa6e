"""A company is forgotten, and its users' own documents are not."""

from __future__ import annotations

import pytest

from shared.aws.stores.activity_store import ActivityStore
from shared.aws.stores.link_store import LinkStore
from shared.domain.activity import BatchActivity
from shared.domain.filing.choices import ORDERS, FilingChoice
from tests.integration.erasure.conftest import Erasing

COMPANIES = ["atelier", "atelier-2", "ate lier/2"]


def everything_of(erasing: Erasing, company_id: str) -> None:
    erasing.link(
        f"company:{company_id}", company_id=company_id, account_id=f"dbid:{COMPANIES.index(company_id)}"
    )
    links = LinkStore("links", "audit_trail")
    link = links.get(f"company:{company_id}")
    assert link is not None
    links.choose_filing(link, FilingChoice(ORDERS[2]), by="bob", at=erasing.clock())
    erasing.delivered("alice", f"an expense of {company_id}", company_id)
    erasing.delivered("bob", f"another of {company_id}", company_id)
    ActivityStore("reading_jobs").note(BatchActivity(company_id, "batch", erasing.clock(), 1, 0, 0))


@pytest.mark.parametrize("company_id", COMPANIES)
def test_everything_of_one_company_goes_and_nothing_of_others(erasing: Erasing, company_id: str) -> None:
    for other in COMPANIES:
        if other != company_id:
            everything_of(erasing, other)
    key = erasing.imported("alice", "photo")
    before = erasing.on_record()
    everything_of(erasing, company_id)

    erasing.erase(company_id=company_id)

    left = erasing.on_record(of=lambda row: not row.get("link_id", "").startswith("revoke:"))
    for name, rows in left.items():
        assert sorted(map(str, rows)) == sorted(map(str, before[name])), name
    assert erasing.versions() == [key]


def test_the_token_is_left_to_be_revoked(erasing: Erasing) -> None:
    erasing.link("company:atelier")

    erasing.erase(company_id="atelier")

    left = [row["link_id"] for row in erasing.on_record()["links"]]
    assert left == ["revoke:company:atelier#1"]
    assert LinkStore("links").get("company:atelier") is None


def test_a_user_and_a_company_of_one_id_are_two(erasing: Erasing) -> None:
    erasing.link("user:atelier")
    erasing.link("company:atelier", account_id="dbid:company")

    erasing.erase(company_id="atelier")

    assert LinkStore("links").get("user:atelier") is not None
    assert LinkStore("links").get("company:atelier") is None
