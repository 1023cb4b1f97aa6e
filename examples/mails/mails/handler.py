"""SQS queue behind the host's rule -> mails by SES. What fails is put back."""

from __future__ import annotations

import json
import logging
import os
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3

from .compose import Mail
from .mailer import Mailer
from .recipients import RecipientsByLambda
from .sent_mails import SentMails

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)


class MailsBySes:
    """Sends mails by SES; `sender` is an address, or a domain's, that SES has verified."""

    def __init__(self, sender: str, client: SESV2Client) -> None:
        self._sender = sender
        self._ses = client

    def send(self, mail: Mail) -> None:
        """Raises ClientError."""
        message = mail.as_message(self._sender)
        self._ses.send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [mail.recipient.address]},
            Content={"Raw": {"Data": message.as_bytes()}},
        )


@cache
def mailer() -> Mailer:
    """Built at the first invocation, so that a missing setting fails with its name."""
    return Mailer(
        recipients=RecipientsByLambda(os.environ["RECIPIENTS_FUNCTION"], boto3.client("lambda")),
        sent=SentMails(boto3.resource("dynamodb").Table(os.environ["SENT_MAILS_TABLE"])),
        send=MailsBySes(os.environ["SENDER"], boto3.client("sesv2")).send,
        personal_url=os.environ["PERSONAL_PAGE_URL"],
        company_url=os.environ["COMPANY_PAGE_URL"],
    )


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, list[dict[str, str]]]:  # noqa: ARG001 - Lambda's signature
    """Write what the messages' events lead to; those that fail are reported, one by one."""
    failed = [record["messageId"] for record in event["Records"] if not _answer(record)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _answer(record: dict[str, Any]) -> bool:
    """Whether it is dealt with. No address, name or text reaches the log."""
    try:
        message = json.loads(record["body"])
        written = mailer()(message["detail-type"], message["detail"])
    except Exception as error:  # noqa: BLE001 - The host's lookup, DynamoDB, SES or an odd event: only this one is put back.
        logger.error("event not answered: %s", type(error).__name__)  # noqa: TRY400 - A traceback may quote a mail.
        return False
    logger.info("event %s answered, %d mails", message["detail"]["id"], written)
    return True
