"""The example's function against AWS in process: from a message of its queue to a mail that SES has taken."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from email import message_from_string, policy
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from examples.mails.mails import handler
from examples.mails.mails.occasions import occasions_of
from examples.mails.mails.recipients import LookupFailed, Recipient, RecipientsByLambda
from examples.mails.mails.sent_mails import SentMails, mail_id
from local.template import ROOT, load_template
from testing.event_schemas import schema_of

TABLE = load_template(ROOT / "examples" / "mails" / "template.yaml")["Resources"]["SentMailsTable"]
SENDER = "jenji@example.com"
READ = schema_of("ImportBatchRead")["examples"][0]
FAILED = schema_of("DocumentDeliveryFailed")["examples"][0]


class Directory:
    """The host's users, in the place of its function."""

    def find(self, user_id: str) -> Recipient | None:
        if user_id == "broken":
            raise LookupFailed
        return Recipient(f"{user_id}@example.com", user_id.title(), "de", "https://app.example.com/stop")

    def administrators(self, company_id: str) -> list[Recipient]:
        return []


@pytest.fixture
def sent(aws: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SentMails]:
    """The example's table, SES with a verified sender, and the function's settings."""
    properties = {
        name: TABLE["Properties"][name] for name in ("BillingMode", "AttributeDefinitions", "KeySchema")
    }
    table = boto3.resource("dynamodb").create_table(TableName="sent-mails", **properties)
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    for name, value in {
        "SENT_MAILS_TABLE": "sent-mails",
        "RECIPIENTS_FUNCTION": "recipients",
        "SENDER": SENDER,
        "PERSONAL_PAGE_URL": "https://app.example.com/me",
        "COMPANY_PAGE_URL": "https://app.example.com/company",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(handler, "RecipientsByLambda", lambda *_: Directory())
    handler.mailer.cache_clear()
    yield SentMails(table)
    handler.mailer.cache_clear()


def record(message_id: str, name: str, detail: dict[str, Any]) -> dict[str, str]:
    return {"messageId": message_id, "body": json.dumps({"detail-type": name, "detail": detail})}


def taken() -> list[Any]:
    """The mails that SES has taken, as a mail program reads them."""
    [region] = [backend for backend in ses_backends[DEFAULT_ACCOUNT_ID].values() if backend.sent_messages]
    return [message_from_string(each.raw_data, policy=policy.default) for each in region.sent_messages]


def test_a_mail_is_taken_by_ses_once_however_often_its_event_comes(sent: SentMails) -> None:
    event = {"Records": [record("1", "ImportBatchRead", READ), record("2", "ImportBatchRead", READ)]}

    answers = [handler.lambda_handler(event, None) for _ in range(2)]

    assert answers == [{"batchItemFailures": []}] * 2
    [mail] = taken()
    assert (mail["From"], mail["To"]) == (SENDER, "alice@example.com")
    assert mail["Subject"] == "Ihre 188 Belege sind bereit"
    assert "38 davon sollten Sie prüfen" in mail.get_body(("plain",)).get_content()


def test_only_what_fails_is_put_back_and_no_name_or_address_is_logged(
    sent: SentMails, caplog: pytest.LogCaptureFixture
) -> None:
    records = [
        {"messageId": "garbled", "body": "{"},
        record("unknown", "ImportBatchRead", READ | {"user_id": "broken"}),
        record("good", "DocumentDeliveryFailed", FAILED),
    ]

    answer = handler.lambda_handler({"Records": records}, None)

    assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == ["garbled", "unknown"]
    assert [mail["To"] for mail in taken()] == ["bob@example.com"]
    assert "event not answered: LookupFailed" in caplog.text
    assert "@example.com" not in caplog.text


def test_a_mail_that_ses_refuses_is_put_back_and_sent_when_it_takes_it(sent: SentMails) -> None:
    event = {"Records": [record("1", "ImportBatchRead", READ)]}
    ses = boto3.client("sesv2")
    ses.delete_email_identity(EmailIdentity=SENDER)

    refused = handler.lambda_handler(event, None)
    ses.create_email_identity(EmailIdentity=SENDER)
    handler.lambda_handler(event, None)

    assert refused == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert len(taken()) == 1


def test_who_died_while_sending_is_followed_by_another_once_that_is_certain(sent: SentMails) -> None:
    clock = [1_800_000_000.0]
    mails = SentMails(sent.table, now=lambda: clock[0])
    [occasion] = occasions_of("ImportBatchRead", READ)

    begun = mails.begin(occasion, "alice@example.com")
    beside_it = mails.begin(occasion, "alice@example.com")
    clock[0] += 121
    after_its_death = mails.begin(occasion, "alice@example.com")

    assert (begun, beside_it, after_its_death) == (True, False, True)


def test_the_same_is_written_of_again_after_its_time_or_where_more_needs_somebody(sent: SentMails) -> None:
    clock = [1_800_000_000.0]
    mails = SentMails(sent.table, now=lambda: clock[0])
    [read] = occasions_of("ImportBatchRead", READ)
    [more] = occasions_of("ImportBatchRead", READ | {"drops": [READ["drops"][0] | {"to_check": 39}]})
    [failed] = occasions_of("DocumentDeliveryFailed", FAILED)
    for occasion in (read, failed):
        assert mails.begin(occasion, "a@example.com")
        mails.end(occasion, "a@example.com")

    clock[0] += 86_399
    within_a_day = [mails.begin(each, "a@example.com") for each in (read, failed, more)]
    clock[0] += 1

    assert within_a_day == [False, False, True]
    assert mails.begin(failed, "a@example.com")
    assert mails.begin(failed, "somebody.else@example.com")


def test_the_table_holds_no_address(sent: SentMails) -> None:
    handler.lambda_handler({"Records": [record("1", "ImportBatchRead", READ)]}, None)

    [item] = sent.table.scan()["Items"]
    [occasion] = occasions_of("ImportBatchRead", READ)
    assert item["mail_id"] == mail_id(occasion, "alice@example.com")
    assert "alice" not in str(item)


def test_the_hosts_function_is_asked_who_somebody_is(aws: Any) -> None:
    client = boto3.client("lambda")
    found = {
        "address": "alice@example.com",
        "name": "Alice",
        "language": "fr",
        "unsubscribe_url": "https://app.example.com/stop",
        "muted": ["batch", "of a later release"],
    }
    with Stubber(client) as stub:
        stub.add_response("invoke", _payload({"recipients": [found]}), _asked({"user_id": "alice"}))
        stub.add_response("invoke", _payload({"recipients": []}), _asked({"administrators_of": "atelier"}))
        stub.add_response("invoke", _payload({}) | {"FunctionError": "Unhandled"}, _asked({"user_id": "x"}))
        directory = RecipientsByLambda("recipients", client)

        alice, nobody = directory.find("alice"), directory.administrators("atelier")
        with pytest.raises(LookupFailed):
            directory.find("x")

    assert alice is not None
    assert (alice.address, alice.muted) == ("alice@example.com", frozenset({"batch"}))
    assert nobody == []


def _payload(answer: dict[str, Any]) -> dict[str, Any]:
    data = json.dumps(answer).encode()
    return {"StatusCode": 200, "Payload": StreamingBody(io.BytesIO(data), len(data))}


def _asked(question: dict[str, str]) -> dict[str, Any]:
    return {"FunctionName": "recipients", "Payload": json.dumps(question).encode()}
