"""What must hold of the API, the functions, their roles and their queues."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import Any

import pytest

from functions.document_reading.job.read_expense import LEASE
from local.http_api import is_public
from local.template import ROOT, functions_of
from shared.config.auto_import import AutoImportSettings
from shared.config.document_reading import DocumentReadingSettings
from shared.config.document_sync import DocumentSyncSettings
from shared.config.dropbox_webhook import WebhookSettings
from shared.config.environment import variable_of
from shared.config.erasure import ErasureSettings
from shared.config.expense_accepted import ExpenseAcceptedSettings
from shared.config.oauth_callback import OauthSettings
from shared.config.page_api import PageApiSettings
from shared.config.sweep import SweepSettings
from shared.config.token_revocation import TokenRevocationSettings
from shared.doorbells.sqs_batch import HELD_BEYOND_THE_END_SECONDS
from tests.unit.templates.loaded import (
    FUNCTIONS,
    MAIN,
    RESOURCES,
    ROLES,
    ROUTES,
    allowed_to,
    as_list,
    event_of,
    managed_policies,
    of_type,
)

# The queues, each with the function that answers its doorbells.
drains = pytest.mark.parametrize(("queue", "drain"), [("Import", "AutoImport"), ("Sync", "DocumentSync")])
PURPOSES = {"auto_import", "synchronisation"}


def test_every_function_has_a_folder_and_a_role_of_its_own() -> None:
    roles = {name: function["Properties"]["Role"] for name, function in FUNCTIONS.items()}

    assert roles == {name: {"Fn::GetAtt": [name.replace("Function", "Role"), "Arn"]} for name in FUNCTIONS}
    for folder in functions_of(MAIN).values():
        assert (ROOT / "functions" / folder / "__init__.py").exists()
        assert (ROOT / "requirements" / f"{folder}.txt").exists()


def test_a_function_is_named_after_the_stack_and_itself() -> None:
    names = {name: function["Properties"]["FunctionName"] for name, function in FUNCTIONS.items()}

    assert names == {
        name: {"Fn::Sub": f"${{AWS::StackName}}-{name.removesuffix('Function')}"} for name in FUNCTIONS
    }


def test_a_queue_is_named_after_the_stack_and_itself() -> None:
    for name, queue in of_type("AWS::SQS::Queue").items():
        ending = ".fifo" if "FifoQueue" in queue["Properties"] else ""
        assert queue["Properties"]["QueueName"] == {"Fn::Sub": f"${{AWS::StackName}}-{name}{ending}"}


def test_a_new_function_is_eight_mentions_of_its_name() -> None:
    """With its routes, queue or schedule; a schedule's dead man's switch is one more."""
    templates = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("template*.yaml")))

    mentions = [line for line in templates.splitlines() if re.search("PageApi|page_api", line)]

    assert len(mentions) <= 11, mentions


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_write_the_log_and_no_other(role: str) -> None:
    writes = [s for s in allowed_to(role) if any(a.startswith("logs:") for a in as_list(s["Action"]))]

    assert [statement["Resource"] for statement in writes] == [{"Fn::GetAtt": ["FunctionsLogGroup", "Arn"]}]


@pytest.mark.parametrize("name", sorted(of_type("AWS::Logs::LogGroup")))
def test_every_log_group_forgets(name: str) -> None:
    assert RESOURCES[name]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


@drains
def test_a_doorbell_that_lambda_cannot_hand_over_at_once_stays_hidden_until_it_can(
    queue: str, drain: str
) -> None:
    timeout = RESOURCES[f"{drain}Function"]["Properties"]["Timeout"]

    assert RESOURCES[f"{queue}Queue"]["Properties"]["VisibilityTimeout"] == 6 * timeout
    assert timeout <= 300


@drains
def test_a_drain_may_ring_its_own_queue(queue: str, drain: str) -> None:
    own_queue = {"Fn::GetAtt": [f"{queue}Queue", "Arn"]}

    rung = [s["Resource"] for s in allowed_to(f"{drain}Role") if "sqs:SendMessage" in as_list(s["Action"])]

    assert RESOURCES[f"{drain}Function"]["Properties"]["RecursiveLoop"] == "Allow"
    others = {"Import": [{"Fn::GetAtt": ["ReadingQueue", "Arn"]}], "Sync": []}
    assert rung == [own_queue, *others[queue]]


@drains
def test_one_drain_runs_per_account_or_company_and_any_number_of_them_at_once(queue: str, drain: str) -> None:
    queue_properties = RESOURCES[f"{queue}Queue"]["Properties"]
    mapping = event_of(f"{drain}Function")

    assert mapping["Queue"] == {"Fn::GetAtt": [f"{queue}Queue", "Arn"]}
    assert queue_properties["FifoQueue"] is True
    assert queue_properties["DeduplicationScope"] == "messageGroup"
    assert queue_properties["FifoThroughputLimit"] == "perMessageGroupId"
    assert mapping["BatchSize"] == 1
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@drains
def test_a_waiting_doorbell_is_not_given_up_early(queue: str, drain: str) -> None:
    redrive = RESOURCES[f"{queue}Queue"]["Properties"]["RedrivePolicy"]

    assert redrive["maxReceiveCount"] == 100
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": [f"{queue}DeadLetterQueue", "Arn"]}


def test_documents_are_read_one_by_one_and_given_up_late() -> None:
    queue = RESOURCES["ReadingQueue"]["Properties"]
    mapping = event_of("DocumentReadingFunction")
    timeout = RESOURCES["DocumentReadingFunction"]["Properties"]["Timeout"]

    assert queue["VisibilityTimeout"] == 6 * timeout
    assert timeout < LEASE.total_seconds() < timeout + HELD_BEYOND_THE_END_SECONDS
    assert "FifoQueue" not in queue
    assert queue["RedrivePolicy"]["maxReceiveCount"] == 100
    assert mapping["Queue"] == {"Fn::GetAtt": ["ReadingQueue", "Arn"]}
    assert mapping["BatchSize"] == 1
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["Enabled"] == {"Fn::If": ["ReadingsAreAnsweredHere", True, False]}


def test_reading_touches_nothing_but_its_jobs_expenses_documents_and_the_hosts_bus() -> None:
    actions = {
        action
        for statement in allowed_to("DocumentReadingRole")
        for action in as_list(statement["Action"])
        if not action.startswith(("logs:", "sqs:", "kms:"))
    }
    policy = RESOURCES["TextractPolicy"]

    assert actions == {
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "events:PutEvents",
        "s3:GetObject",
        "s3:PutObject",
    }
    [documents] = [
        each["Resource"] for each in allowed_to("DocumentReadingRole") if each["Action"] == "s3:GetObject"
    ]
    assert documents == {"Fn::Sub": "arn:${AWS::Partition}:s3:::${DocumentsBucket}/documents/*"}
    assert policy["Condition"] == "ReadsByTextract"
    assert policy["Properties"]["Roles"] == [{"Ref": "DocumentReadingRole"}]
    statement, fetched = policy["Properties"]["PolicyDocument"]["Statement"]
    assert sorted(statement["Action"]) == [
        "textract:AnalyzeExpense",
        "textract:GetExpenseAnalysis",
        "textract:StartExpenseAnalysis",
    ]
    assert fetched["Action"] == "s3:GetObject"
    assert fetched["Resource"]["Fn::Sub"].endswith("/previews/*/sent")


def test_no_record_of_the_stream_blocks_it_for_ever_or_is_lost_silently() -> None:
    mapping = event_of("ExpenseAcceptedFunction")
    failures = {"Fn::GetAtt": ["ExpenseAcceptedFailureQueue", "Arn"]}

    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 0 < mapping["MaximumRetryAttempts"] <= 100
    assert 3600 <= mapping["MaximumRecordAgeInSeconds"] <= 86400
    assert mapping["DestinationConfig"] == {"OnFailure": {"Type": "SQS", "Destination": failures}}
    assert "FifoQueue" not in RESOURCES["ExpenseAcceptedFailureQueue"]["Properties"]
    assert failures in [statement["Resource"] for statement in allowed_to("ExpenseAcceptedRole")]


def test_the_stream_is_read_from_where_it_begins_and_only_where_an_expense_is_accepted() -> None:
    mapping = event_of("ExpenseAcceptedFunction")

    patterns = [json.loads(each["Pattern"]) for each in mapping["FilterCriteria"]["Filters"]]

    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert patterns == [{"dynamodb": {"NewImage": {"status": {"S": ["ACCEPTED"]}}}}]
    assert mapping["MaximumBatchingWindowInSeconds"] <= 2


def test_every_queue_is_encrypted() -> None:
    for queue in of_type("AWS::SQS::Queue").values():
        assert queue["Properties"]["SqsManagedSseEnabled"] is True


@pytest.mark.parametrize("role", ROLES)
def test_no_role_has_a_wildcard_action_or_every_resource(role: str) -> None:
    for statement in allowed_to(role):
        assert all("*" not in action for action in as_list(statement["Action"])), statement["Sid"]
        assert statement["Resource"] != "*", statement["Sid"]


@pytest.mark.parametrize("role", ROLES)
def test_every_use_of_the_tokens_key_is_bound_to_a_purpose_and_a_subject(role: str) -> None:
    uses = [s for s in allowed_to(role) if s["Resource"] == {"Ref": "TokensKey"}]

    for use in uses:
        condition = use["Condition"]
        if condition == {"StringEquals": {"kms:EncryptionContext:purpose": "pseudonyms"}}:
            continue  # its one key is nobody's
        (purposes,) = condition["StringEquals"].values()
        assert list(condition["StringEquals"]) == ["kms:EncryptionContext:purpose"]
        assert set(as_list(purposes)) <= PURPOSES
        assert condition["StringLike"] in (
            {"kms:EncryptionContext:link_id": "*"},
            {"kms:EncryptionContext:link_id": "company:*"},
            {"kms:EncryptionContext:attempt_id": "*"},
        )


@pytest.mark.parametrize("role", ROLES)
def test_a_hosts_key_is_used_by_way_of_the_services_that_hold_its_data_and_only_if_there_is_one(
    role: str,
) -> None:
    [use] = [s for s in allowed_to(role) if s["Resource"] == {"Ref": "HostKeyArns"}]

    services = use["Condition"]["StringEquals"]["kms:ViaService"]
    assert [each["Fn::Sub"].split(".")[0] for each in services] == ["dynamodb", "secretsmanager"]
    assert managed_policies(role)[1] == {
        "Fn::If": ["HasHostKeys", {"Ref": "UseHostKeys"}, {"Ref": "AWS::NoValue"}]
    }
    assert RESOURCES["UseHostKeys"]["Condition"] == "HasHostKeys"


def test_each_drain_can_open_refresh_tokens_of_its_purpose_and_who_revokes_them_those_of_both() -> None:
    def decrypts(role: str) -> list[tuple[str, Any]]:
        return [
            (
                key.removeprefix("kms:EncryptionContext:"),
                statement["Condition"]["StringEquals"]["kms:EncryptionContext:purpose"],
            )
            for statement in allowed_to(role)
            if "kms:Decrypt" in as_list(statement["Action"]) and statement["Resource"] == {"Ref": "TokensKey"}
            for key in statement["Condition"].get("StringLike", ())
        ]

    assert {role: decrypts(role) for role in ROLES if decrypts(role)} == {
        "AutoImportRole": [("link_id", "auto_import")],
        "DocumentSyncRole": [("link_id", "synchronisation")],
        "OauthCallbackRole": [("attempt_id", ["auto_import", "synchronisation"])],
        "TokenRevocationRole": [("link_id", ["auto_import", "synchronisation"])],
    }


@pytest.mark.parametrize(
    ("role", "links"),
    [("AutoImportRole", ["user:*", "reservation:*#auto_import"]), ("DocumentSyncRole", ["company:*"])],
)
def test_a_drain_touches_links_of_its_own_purpose_alone(role: str, links: list[str]) -> None:
    on_links = [s for s in allowed_to(role) if "LinksTable" in json.dumps(s["Resource"])]

    assert [s["Condition"] for s in on_links] == [
        {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [*links, "control:*"]}}
    ]


def test_who_revokes_tokens_touches_no_row_but_theirs() -> None:
    on_links = [s for s in allowed_to("TokenRevocationRole") if "LinksTable" in json.dumps(s["Resource"])]

    own = [s for s in on_links if s["Action"] != "dynamodb:Query"]

    assert [s["Condition"] for s in own] == [
        {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": "revoke:*"}}
    ]


def test_the_synchronisation_changes_no_expense_no_company_and_no_document() -> None:
    foreign = {
        action
        for role in ("ExpenseAcceptedRole", "DocumentSyncRole")
        for statement in allowed_to(role)
        if any(
            name in json.dumps(statement["Resource"])
            for name in ("ExpensesTableName", "CompaniesTableName", "DocumentsBucket")
        )
        and not json.dumps(statement["Resource"]).endswith('/proofs/*"}')
        for action in as_list(statement["Action"])
    }

    assert foreign == {
        "dynamodb:BatchGetItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:GetItem",
        "dynamodb:ListStreams",
        "dynamodb:Query",
        "s3:GetObject",
        "s3:ListBucket",
    }


def test_the_webhook_may_read_its_secret_and_ring_the_doorbell_and_nothing_else() -> None:
    actions = [action for s in allowed_to("DropboxWebhookRole") for action in as_list(s["Action"])]

    assert sorted(actions) == [
        "kms:Decrypt",
        "kms:DescribeKey",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "secretsmanager:GetSecretValue",
        "sqs:SendMessage",
    ]


def test_only_what_browsers_and_dropbox_call_is_public() -> None:
    public = {key for key, (_, route) in ROUTES.items() if is_public(route)}

    assert public == {"GET /oauth/callback", "GET /dropbox/webhook", "POST /dropbox/webhook"}
    assert RESOURCES["HttpApi"]["Properties"]["Auth"]["DefaultAuthorizer"] == "HostSession"


def test_every_public_route_is_throttled_and_no_throttle_is_for_nothing() -> None:
    public = {key for key, (_, route) in ROUTES.items() if is_public(route)}

    settings = RESOURCES["HttpApi"]["Properties"]["RouteSettings"]

    assert public <= set(settings) <= set(ROUTES)
    assert all(s["ThrottlingRateLimit"] and s["ThrottlingBurstLimit"] for s in settings.values())


def test_the_access_log_is_json_and_holds_no_query_string() -> None:
    line = RESOURCES["HttpApi"]["Properties"]["AccessLogSettings"]["Format"]

    variables = set(re.findall(r"\$context\.[\w.]+", line))

    assert json.loads(line)
    assert not variables & {"$context.path", "$context.identity.userAgent", "$context.identity.referer"}
    assert not any("query" in variable.lower() for variable in variables)


@pytest.mark.parametrize("key", ROUTES)
def test_the_api_answers_before_its_caller_gives_up(key: str) -> None:
    function, route = ROUTES[key]
    # API Gateway's own limit: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
    seconds = route.get("TimeoutInMillis", 30_000) / 1000

    assert FUNCTIONS[function]["Properties"]["Timeout"] < seconds
    assert "webhook" not in key or seconds <= 10


def test_no_secret_travels_by_value() -> None:
    variables = {
        name: value
        for function in FUNCTIONS.values()
        for name, value in function["Properties"]["Environment"]["Variables"].items()
    }

    assert variables["AUTO_IMPORT_APP_SECRET_NAME"] == {"Ref": "AutoImportAppSecretName"}
    assert not [name for name in variables if "SECRET" in name and not name.endswith("_NAME")]


def test_only_the_drains_the_reading_and_the_sweep_tell_the_host_and_on_its_bus_alone() -> None:
    bus = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${EventBusName}"

    told = {
        role: (statement["Action"], statement["Resource"])
        for role in ROLES
        for statement in allowed_to(role)
        if any(action.startswith("events:") for action in as_list(statement["Action"]))
    }

    assert told == dict.fromkeys(
        ("AutoImportRole", "DocumentReadingRole", "DocumentSyncRole", "SweepRole"),
        ("events:PutEvents", {"Fn::Sub": bus}),
    )


SETTINGS = {
    "auto_import": AutoImportSettings,
    "document_reading": DocumentReadingSettings,
    "document_sync": DocumentSyncSettings,
    "dropbox_webhook": WebhookSettings,
    "erasure": ErasureSettings,
    "expense_accepted": ExpenseAcceptedSettings,
    "oauth_callback": OauthSettings,
    "page_api": PageApiSettings,
    "sweep": SweepSettings,
    "token_revocation": TokenRevocationSettings,
}


@pytest.mark.parametrize(
    "function",
    FUNCTIONS.values(),
    ids=lambda function: function["Properties"]["Handler"],
)
def test_every_function_is_given_the_settings_that_it_reads_and_no_others(function: dict[str, Any]) -> None:
    folder = function["Properties"]["Handler"].split(".")[1]
    read = {variable_of(setting) for setting in fields(SETTINGS[folder])}

    given = function["Properties"]["Environment"]["Variables"].keys()

    aws_own = {name for name in read if name.startswith("AWS_")}
    assert {name for name in given if not name.startswith("POWERTOOLS_")} == read - aws_own
