"""The webhook starts cold in front of a caller that waits: what it imports is part of the product."""

import subprocess
import sys

HEAVY = {"aws_xray_sdk", "boto3", "dropbox", "pydantic", "pynamodb", "requests", "s3transfer", "stone"}


def _loaded_with(module: str) -> set[str]:
    program = f"import sys, {module}; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_handler_loads_no_sdk() -> None:
    loaded = _loaded_with("functions.dropbox_webhook.handler")

    assert {name.partition(".")[0] for name in loaded} & HEAVY == set()


def test_importing_the_handler_loads_of_botocore_nothing_but_its_name() -> None:
    # Powertools looks whether botocore is there, to add itself to its user agent.
    loaded = _loaded_with("functions.dropbox_webhook.handler")

    assert {name for name in loaded if name.startswith("botocore")} <= {"botocore"}


def test_importing_the_handler_loads_no_more_of_powertools_than_its_logger_does() -> None:
    # Powertools' package imports its (lazy) Tracer by itself; we add none of its other parts.
    of_logger = _loaded_with("aws_lambda_powertools.logging")

    of_handler = _loaded_with("functions.dropbox_webhook.handler")

    added = {name for name in of_handler - of_logger if name.startswith("aws_lambda_powertools")}
    assert added <= {
        "aws_lambda_powertools.utilities.typing",
        "aws_lambda_powertools.utilities.typing.lambda_client_context",
        "aws_lambda_powertools.utilities.typing.lambda_client_context_mobile_client",
        "aws_lambda_powertools.utilities.typing.lambda_cognito_identity",
        "aws_lambda_powertools.utilities.typing.lambda_context",
        "aws_lambda_powertools.utilities.typing.tenant",
    }
