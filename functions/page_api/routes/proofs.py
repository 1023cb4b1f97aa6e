"""How the company's folder compares with what was delivered to it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body

from functions.page_api import asking
from functions.page_api.documented import answering
from functions.page_api.proofs import proof_answers
from functions.page_api.proofs.composition import ProofUseCases
from functions.page_api.schemas import proofs as schemas
from shared.domain.links import Link
from shared.domain.proofs import FolderProof
from shared.http.request_limits import PROVING

routes = asking.Routes()


def wired() -> ProofUseCases:
    return asking.composed().of(ProofUseCases)


@routes.get(
    "/proofs",
    summary="How the company's folder compares with what was delivered",
    operation_id="showProof",
    responses=answering(HTTPStatus.OK, schemas.Proof, 403, 409),
)
def show_proof() -> schemas.Proof:
    """As the last proof found it; for administrators."""
    return _proof(*wired().show_proof(routes.caller))


@routes.get(
    "/proofs/findings",
    summary="What the last proof found, the missing ones first",
    operation_id="listFindings",
    responses=answering(HTTPStatus.OK, schemas.Findings, 400, 403, 409),
)
def list_findings(*, cursor: asking.Cursor = None) -> schemas.Findings:
    """They can be read for three months."""
    return proof_answers.findings(wired().list_findings(routes.caller, cursor))


@routes.post(
    "/proofs",
    summary="Have the folder proved, or what is missing put back",
    operation_id="proveFolder",
    status_code=202,
    responses=answering(HTTPStatus.ACCEPTED, schemas.Proof, 400, 403, 404, 409, 413),
)
def prove_folder(request: Annotated[schemas.ProveFolder, Body()]) -> schemas.Proof:
    """It goes on by itself. What is put back overwrites nothing. The same one twice is one."""
    session = routes.caller
    asking.composed().check_limit(PROVING, session.user_id)
    act = wired().request_proof
    do = act.prove if request.request == "prove" else act.put_back
    link, proof = do(session, routes.correlation_id)
    asking.logger.info("proof requested", request=request.request)
    return _proof(link, proof)


def _proof(link: Link, proof: FolderProof) -> schemas.Proof:
    return proof_answers.proof(link, proof, routes.caller.locale, asking.composed().clock())
