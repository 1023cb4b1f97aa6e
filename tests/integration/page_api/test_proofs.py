"""What the page shows of proofs, and asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.aws.documents.proof_pages import ProofPages
from shared.aws.stores.proof_store import ProofStore
from shared.domain.links import LinkStatus
from shared.domain.proofs import (
    EndedProof,
    Finding,
    FolderProof,
    FoundDocument,
    ProofCounts,
    ProofProblem,
)
from shared.doorbells.messages import CompanyDoorbell
from tests.integration.page_api.conftest import ALICE, BOB, COMPANYS_ACCOUNT, REQUEST_ID, PageApi

PROOFS, FINDINGS = "POST /proofs", "/proofs/findings"
PROVE, PUT_BACK = {"request": "prove"}, {"request": "put_back"}
COUNTS = ProofCounts(documents=340, present=139, missing=200, changed=1, files=139)
TICKET = FoundDocument(Finding.MISSING, "/Jenji/2026/03/Jane/ticket.pdf", None, "expense-1", "document-1")
DINNER = replace(TICKET, finding=Finding.CHANGED, path="/Jenji/2026/03/Jane/dinner.pdf")


def on_record() -> FolderProof:
    return ProofStore("deliveries").get("atelier", COMPANYS_ACCOUNT)


def proved(api: PageApi, counts: ProofCounts = COUNTS) -> EndedProof:
    """The last proof, with two pages of findings."""
    ended = EndedProof(
        "run-1", None, api.clock(), api.clock(), counts, path="/Jenji/2026/11/Proof 2026-11.csv"
    )
    ProofStore("deliveries").save(replace(on_record(), ended=ended, proved=ended))
    ProofPages("documents").keep_findings("atelier", "run-1", 0, [TICKET] * 200)
    ProofPages("documents").keep_findings("atelier", "run-1", 1, [DINNER])
    return ended


def test_nothing_is_known_of_a_folder_that_nobody_has_proved(api: PageApi) -> None:
    api.company_link()

    shown = api.get("/proofs", BOB)

    assert "proved" not in shown
    assert "pending" not in shown
    assert shown["can_put_back"] is False
    assert api.get(FINDINGS, BOB) == {"findings": []}


def test_a_proof_is_on_record_and_rung_for_and_a_second_click_is_the_same(api: PageApi) -> None:
    api.company_link()

    first, shown = api.call(PROOFS, BOB, body=PROVE)
    run = on_record().pending
    second, _ = api.call(PROOFS, BOB | {"sub": "carol"}, body=PROVE)

    assert (first, second) == (202, 202)
    assert run is not None
    assert (run.by, run.correlation_id) == ("bob", REQUEST_ID)
    assert on_record().pending == run
    assert shown["pending"]["is_listed"] is False
    assert shown["poll_after_seconds"] == 2
    assert api.aws.company_doorbells()[0] == CompanyDoorbell("atelier", correlation_id=REQUEST_ID)


def test_the_result_is_shown_with_its_findings_page_by_page(api: PageApi) -> None:
    api.company_link()
    proved(api)

    shown = api.get("/proofs", BOB)
    first = api.get(FINDINGS, BOB)
    second = api.get(FINDINGS, BOB, cursor=first["cursor"])

    assert (shown["proved"]["present"], shown["proved"]["documents"]) == (139, 340)
    assert (shown["proved"]["is_monthly"], shown["can_put_back"]) == (True, True)
    assert shown["proved"]["path"] == "/Jenji/2026/11/Proof 2026-11.csv"
    assert len(first["findings"]) == 200
    assert [(each["finding"], each["path"]) for each in second["findings"]] == [("changed", DINNER.path)]
    assert "url" not in first["findings"][0]  # nothing is there to be opened
    assert "url" in second["findings"][0]
    assert "cursor" not in second


def test_a_proof_without_a_result_says_why_and_the_one_before_stays(api: PageApi) -> None:
    api.company_link()
    ended = proved(api)
    failed = replace(ended, run_id="run-2", counts=None, problem=ProofProblem.NO_PERMISSION)
    ProofStore("deliveries").save(replace(on_record(), ended=failed))

    shown = api.get("/proofs", BOB)

    assert shown["failed"]["problem"]["code"] == "no_permission"
    assert "may not list" in shown["failed"]["problem"]["message"]
    assert shown["proved"]["run_id"] == "run-1"


def test_what_is_missing_is_put_back_once(api: PageApi) -> None:
    api.company_link()
    proved(api)

    first, shown = api.call(PROOFS, BOB, body=PUT_BACK)
    asked = on_record().put_back
    second, _ = api.call(PROOFS, BOB, body=PUT_BACK)
    assert asked is not None
    ProofStore("deliveries").save(replace(on_record(), put_back=replace(asked, at=api.clock())))
    third, refused = api.call(PROOFS, BOB, body=PUT_BACK)

    assert (first, second, third) == (202, 202, 404)
    assert (asked.run_id, asked.by) == ("run-1", "bob")
    assert (shown["put_back"]["documents"], shown["can_put_back"]) == (0, False)
    assert refused["error"]["code"] == "not_found"


def test_nothing_can_be_put_back_where_nothing_was_found_missing(api: PageApi) -> None:
    api.company_link()
    proved(api, ProofCounts(documents=1, present=1))

    status, refused = api.call(PROOFS, BOB, body=PUT_BACK)

    assert (status, refused["error"]["code"]) == (404, "not_found")


def test_one_at_a_time_is_worked_on(api: PageApi) -> None:
    api.company_link()
    proved(api)
    api.call(PROOFS, BOB, body=PUT_BACK)

    status, refused = api.call(PROOFS, BOB, body=PROVE)

    assert (status, refused["error"]["code"]) == (409, "proof_under_way")


def test_one_whose_time_is_over_stands_in_nobodys_way(api: PageApi) -> None:
    api.company_link()
    api.call(PROOFS, BOB, body=PROVE)
    before = on_record().pending
    api.clock.advance(days=1, seconds=1)

    shown = api.get("/proofs", BOB)
    status, _ = api.call(PROOFS, BOB, body=PROVE)

    assert "pending" not in shown
    assert status == 202
    assert before is not None
    assert on_record().pending != before


def test_one_whose_time_is_over_keeps_nothing_from_being_put_back(api: PageApi) -> None:
    api.company_link()
    proved(api)
    api.call(PROOFS, BOB, body=PROVE)
    api.clock.advance(days=1, seconds=1)

    shown = api.get("/proofs", BOB)
    status, _ = api.call(PROOFS, BOB, body=PUT_BACK)

    assert shown["can_put_back"] is True
    assert status == 202


def test_findings_that_are_too_old_are_not_asked_for(api: PageApi) -> None:
    api.company_link()
    proved(api)
    api.clock.advance(days=91)

    assert api.get(FINDINGS, BOB) == {"findings": []}
    assert api.get("/proofs", BOB)["can_put_back"] is False


@pytest.mark.parametrize("cursor", ["nonsense", "WyIxIiwiMiJd"])
def test_a_cursor_of_another_list_is_refused(api: PageApi, cursor: str) -> None:
    api.company_link()
    proved(api)

    status, refused = api.call(f"GET {FINDINGS}", BOB, cursor=cursor)

    assert (status, refused["error"]["code"]) == (400, "invalid_cursor")


def test_only_administrators_see_and_ask(api: PageApi) -> None:
    api.company_link()

    for route, body in ((PROOFS, PROVE), ("GET /proofs", None), (f"GET {FINDINGS}", None)):
        status, refused = api.call(route, ALICE, body=body)

        assert (status, refused["error"]["code"]) == (403, "not_administrator")


def test_a_link_that_does_not_work_proves_nothing(api: PageApi) -> None:
    api.company_link(status=LinkStatus.RECONNECT)

    status, refused = api.call(PROOFS, BOB, body=PROVE)

    assert (status, refused["error"]["code"]) == (409, "link_not_working")
