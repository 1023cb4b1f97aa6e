"""Schedule -> every token revoked that no link needs any more."""

from __future__ import annotations

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.token_revocation.composition import compose
from functions.token_revocation.revoke_due_tokens import RevokeDueTokens, Revoking
from shared.config.token_revocation import TokenRevocationSettings
from shared.domain.errors import RevocationIncomplete
from shared.dropbox_api.refused_calls import RefusalReport

TIME_TO_TIDY_MILLISECONDS = 60_000
"""No token is begun with less left: a call that hangs still times out."""

logger = Logger()
metrics = Metrics()


@cache
def composed() -> RevokeDueTokens:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return compose(TokenRevocationSettings.from_environment(), on_refusal=RefusalReport(logger, metrics))


@metrics.log_metrics
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - Lambda's signature
    """Revoke what is due. Raises RevocationIncomplete, for the alarm to see; what failed is due as before."""
    run = composed()(lambda: context.get_remaining_time_in_millis() > TIME_TO_TIDY_MILLISECONDS)
    _report(run)
    metrics.add_metric("RunsCompleted", MetricUnit.Count, 1)
    if run.failures:
        raise RevocationIncomplete(f"{len(run.failures)} tokens failed")


def _report(run: Revoking) -> None:
    for revocation_id, error in run.put_off.items():
        logger.warning(
            "revocation put off", revocation=revocation_id, cause=f"{type(error).__name__}: {error}"
        )
    for revocation_id, error in run.given_up.items():
        logger.error(
            "revocation given up", revocation=revocation_id, cause=f"{type(error).__name__}: {error}"
        )
    for revocation_id, failure in run.failures.items():
        logger.error("revocation failed", revocation=revocation_id, exc_info=failure)
    logger.info("tokens revoked", revoked=run.revoked)
    metrics.add_metric("TokensRevoked", MetricUnit.Count, run.revoked)
    metrics.add_metric("RevocationsPutOff", MetricUnit.Count, len(run.put_off))
    metrics.add_metric("RevocationsGivenUp", MetricUnit.Count, len(run.given_up))
