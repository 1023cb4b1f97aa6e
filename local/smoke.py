"""Asks a deployed stack for what only AWS itself can refuse, and says what is wrong in words.

`python -m local.smoke jenji-dropbox` has IAM judge each role's use of the tokens' key and of documents, has
the webhook answer a challenge, sends one event to the host's bus and looks at the app secret. It changes
nothing.
"""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from shared.domain.encryption_contexts import code_context, refresh_token_context
from shared.domain.expenses import document_prefix_of

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_secretsmanager import SecretsManagerClient

_SECONDS = 15
_TOKEN = refresh_token_context("user:smoke", "auto_import")
_COMPANYS_TOKEN = refresh_token_context("company:smoke", "synchronisation")
_CODE = code_context("smoke", "auto_import")
# Function, action, and what it is about: an encryption context, or None of a document.
USES: tuple[tuple[str, str, Mapping[str, str] | None], ...] = (
    ("OauthCallback", "kms:Encrypt", _CODE),
    ("OauthCallback", "kms:Decrypt", _CODE),
    ("OauthCallback", "kms:Encrypt", _TOKEN),
    ("AutoImport", "kms:Decrypt", _TOKEN),
    ("DocumentSync", "kms:Decrypt", _COMPANYS_TOKEN),
    ("TokenRevocation", "kms:Decrypt", _TOKEN),
    ("TokenRevocation", "kms:Decrypt", _COMPANYS_TOKEN),
    ("AutoImport", "s3:PutObject", None),
    ("DocumentReading", "s3:GetObject", None),
    ("DocumentSync", "s3:GetObject", None),
)


class Wrong(Exception):
    """What is wrong, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Stack:
    """What a deployed stack says of itself."""

    name: str
    webhook_url: str
    bus: str
    secret: str
    key: str
    bucket: str


def stack_named(name: str) -> Stack:
    """Look it up. Raises ClientError where there is none."""
    [found] = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in found["Outputs"]}
    given = {each["ParameterKey"]: each["ParameterValue"] for each in found["Parameters"]}
    return Stack(
        name=name,
        webhook_url=outputs["WebhookUrl"],
        bus=given["EventBusName"],
        secret=given["AutoImportAppSecretName"],
        key=given["TokensKey"],
        bucket=given["DocumentsBucket"],
    )


def checks(stack: Stack) -> Iterator[tuple[str, Callable[[], None]]]:
    """What is looked at, in words, and what raises Wrong where it is not as it must be."""
    iam, functions = boto3.client("iam"), boto3.client("lambda")
    for function, action, context in USES:
        about = "a document" if context is None else f"what is bound to {' and '.join(sorted(context))}"
        name = f"{stack.name}-{function}"
        judge = partial(judge_function, functions, iam, name, stack)
        yield f"{function} may {action} {about}", partial(judge, action=action, context=context)
    yield "Dropbox's challenge is answered", partial(answer_challenge, stack.webhook_url)
    yield f"an event is taken by the bus {stack.bus}", partial(send_event, boto3.client("events"), stack)
    yield (
        f"the secret {stack.secret} has an app_secret",
        partial(look_at_secret, boto3.client("secretsmanager"), stack.secret),
    )


def judge_function(
    functions: LambdaClient,
    iam: Any,  # noqa: ANN401 # its stubs are not among ours
    name: str,
    stack: Stack,
    *,
    action: str,
    context: Mapping[str, str] | None,
) -> None:
    """Judge the role that a deployed function has."""
    role = functions.get_function_configuration(FunctionName=name)["Role"]
    judge_role(iam, role, action, stack, context)


def judge_role(
    iam: Any,  # noqa: ANN401 # its stubs are not among ours
    role: str,
    action: str,
    stack: Stack,
    context: Mapping[str, str] | None,
) -> None:
    """Have IAM simulate the call under the context that the code gives."""
    document = f"arn:{stack.key.split(':')[1]}:s3:::{stack.bucket}/{document_prefix_of('smoke')}0"
    answer = iam.simulate_principal_policy(
        PolicySourceArn=role,
        ActionNames=[action],
        ResourceArns=[document if context is None else stack.key],
        ContextEntries=[
            {
                "ContextKeyName": f"kms:EncryptionContext:{name}",
                "ContextKeyValues": [value],
                "ContextKeyType": "string",
            }
            for name, value in (context or {}).items()
        ],
    )
    [result] = answer["EvaluationResults"]
    if result["EvalDecision"] != "allowed":
        missing = ", ".join(result.get("MissingContextValues", [])) or "none"
        raise Wrong(f"IAM says {result['EvalDecision']} (keys it wanted to know: {missing}): deploy again.")


def answer_challenge(webhook_url: str) -> None:
    """Do as Dropbox does while a webhook is registered."""
    challenge = secrets.token_urlsafe(16)
    try:
        with urllib.request.urlopen(  # noqa: S310 # the stack's own address
            f"{webhook_url}?{urlencode({'challenge': challenge})}", timeout=_SECONDS
        ) as answer:
            body = answer.read().decode()
    except (urllib.error.URLError, OSError) as error:
        raise Wrong(f"{webhook_url} does not answer ({error}): see the log of DropboxWebhook.") from error
    if body != challenge:
        raise Wrong(f"{webhook_url} answers something else: is it this stack's?")


def send_event(events: EventBridgeClient, stack: Stack) -> None:
    """Send an event that no rule of the host asks for."""
    detail = json.dumps({"stack": stack.name})
    entry = {
        "EventBusName": stack.bus,
        "Source": "jenji.dropbox",
        "DetailType": "SmokeTest",
        "Detail": detail,
    }
    answer = events.put_events(Entries=[entry])  # type: ignore[list-item] # a dict with its very keys
    if answer["FailedEntryCount"]:
        code = answer["Entries"][0].get("ErrorCode", "no code")
        raise Wrong(f"EventBridge does not take it ({code}): is there a bus EventBusName={stack.bus}?")


def look_at_secret(client: SecretsManagerClient, name: str) -> None:
    """See that the secret has the form that the webhook reads. Shows nothing of it."""
    try:
        value = json.loads(client.get_secret_value(SecretId=name)["SecretString"])
    except (KeyError, ValueError) as error:
        raise Wrong('It is not JSON: store {"app_secret": "<app secret>"}.') from error
    if not isinstance(value, dict) or not value.get("app_secret"):
        raise Wrong('It has no app_secret: store {"app_secret": "<app secret>"}.')


def look_at(stack: Stack, say: Callable[[str], object]) -> bool:
    """Go through all checks, saying how each went; whether all is well."""
    all_is_well = True
    for what, check in checks(stack):
        try:
            check()
        except (Wrong, ClientError, BotoCoreError) as error:
            all_is_well = False
            say(f"WRONG  {what}: {error}\n")
        else:
            say(f"ok     {what}\n")
    return all_is_well


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Ask a deployed stack for what only AWS can refuse.")
    parser.add_argument("stack", help="the name of template.yaml's stack")
    try:
        stack = stack_named(parser.parse_args().stack)
    except (ClientError, BotoCoreError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0 if look_at(stack, sys.stdout.write) else 1


if __name__ == "__main__":
    sys.exit(main())
