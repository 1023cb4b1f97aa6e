"""What `template.yaml` must say, whatever an emulator enforces of it."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from functions.document_reading.job.read_expense import LEASE
from local.template import TEMPLATE, adapt_to_emulator, functions_of, load_template
from shared import config
from shared.domain.links import HEARD_FACTOR
from shared.doorbells.sqs_batch import HELD_BEYOND_THE_END_SECONDS
from tests.alarms import alarms_on

TEMPLATE_LOADED = load_template()
RESOURCES: dict[str, dict[str, Any]] = TEMPLATE_LOADED["Resources"]


def of_type(kind: str) -> dict[str, dict[str, Any]]:
    return {name: resource for name, resource in RESOURCES.items() if resource["Type"] == kind}


def statements_of(role: str) -> list[dict[str, Any]]:
    policies = RESOURCES[role]["Properties"]["Policies"]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


FUNCTIONS = TEMPLATE.parent / "functions"
ROLES = sorted(of_type("AWS::IAM::Role"))
# The queues, each with the function that answers its doorbells.
drains = pytest.mark.parametrize(("queue", "drain"), [("Import", "AutoImport"), ("Sync", "DocumentSync")])
PURPOSES = {"auto_import", "synchronisation"}
NAMESPACE = TEMPLATE_LOADED["Globals"]["Function"]["Environment"]["Variables"]["POWERTOOLS_METRICS_NAMESPACE"]
STATEFUL = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key")


def is_counted(metric: str, service: str) -> bool:
    """Whether the function's code names this metric, or the beginning of it before a placeholder."""
    shared = FUNCTIONS.parent / "shared"
    files = [
        *(FUNCTIONS / service).rglob("*.py"),
        *(shared / "doorbells").glob("*.py"),
        shared / "dropbox_api" / "refused_calls.py",
        shared / "aws" / "refusals.py",
    ]
    names = re.findall(r'"(\w+)", MetricUnit|f"(\w+)\{|_report\(\n?.*, "(\w+)"\)', "".join(map(_text, files)))
    whole = {name for whole, _, reported in names for name in (whole, reported) if name}
    return metric in whole or any(metric.startswith(begun) for _, begun, _ in names if begun)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_every_function_has_a_folder_a_role_and_a_log_group_of_its_own() -> None:
    functions = of_type("AWS::Serverless::Function")

    own = {
        name: (function["Properties"]["Role"], function["Properties"]["LoggingConfig"]["LogGroup"])
        for name, function in functions.items()
    }

    assert own == {
        name: (
            {"Fn::GetAtt": [name.replace("Function", "Role"), "Arn"]},
            {"Ref": name.replace("Function", "LogGroup")},
        )
        for name in functions
    }
    for folder in functions_of(TEMPLATE_LOADED).values():
        assert (TEMPLATE.parent / "functions" / folder / "__init__.py").exists()
        assert (TEMPLATE.parent / "requirements" / f"{folder}.txt").exists()


@pytest.mark.parametrize("name", sorted(of_type("AWS::DynamoDB::Table")))
def test_every_table_is_encrypted_recoverable_and_protected(name: str) -> None:
    table = RESOURCES[name]["Properties"]

    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["DeletionProtectionEnabled"] is True


@pytest.mark.parametrize("name", sorted(name for kind in STATEFUL for name in of_type(kind)))
def test_nothing_that_must_not_be_lost_is_deleted_with_the_stack(name: str) -> None:
    resource = RESOURCES[name]

    assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Retain", "Retain")


@pytest.mark.parametrize("name", sorted(of_type("AWS::Logs::LogGroup")))
def test_every_log_group_forgets(name: str) -> None:
    assert RESOURCES[name]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


def test_the_bucket_is_private_versioned_encrypted_and_refuses_plain_http() -> None:
    bucket = RESOURCES["DocumentsBucket"]["Properties"]
    policy = RESOURCES["DocumentsBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]

    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert bucket["BucketEncryption"]
    assert [(rule["Effect"], rule["Condition"]) for rule in policy] == [
        ("Deny", {"Bool": {"aws:SecureTransport": "false"}})
    ]


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

    rung = [s["Resource"] for s in statements_of(f"{drain}Role") if "sqs:SendMessage" in as_list(s["Action"])]

    assert RESOURCES[f"{drain}Function"]["Properties"]["RecursiveLoop"] == "Allow"
    others = {"Import": [{"Fn::GetAtt": ["ReadingQueue", "Arn"]}], "Sync": []}
    assert rung == [own_queue, *others[queue]]


@drains
def test_one_drain_runs_per_account_or_company_and_any_number_of_them_at_once(queue: str, drain: str) -> None:
    queue_properties = RESOURCES[f"{queue}Queue"]["Properties"]
    mapping = RESOURCES[f"{drain}QueueMapping"]["Properties"]

    assert mapping["EventSourceArn"] == {"Fn::GetAtt": [f"{queue}Queue", "Arn"]}
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
    mapping = RESOURCES["DocumentReadingQueueMapping"]["Properties"]
    timeout = RESOURCES["DocumentReadingFunction"]["Properties"]["Timeout"]

    assert queue["VisibilityTimeout"] == 6 * timeout
    assert timeout < LEASE.total_seconds() < timeout + HELD_BEYOND_THE_END_SECONDS
    assert "FifoQueue" not in queue
    assert queue["RedrivePolicy"]["maxReceiveCount"] == 100
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": ["ReadingQueue", "Arn"]}
    assert mapping["BatchSize"] == 1
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["Enabled"] == {"Fn::If": ["ReadingsAreAnsweredHere", True, False]}


def test_reading_documents_touches_nothing_but_scans_expenses_and_documents() -> None:
    actions = {
        action
        for statement in statements_of("DocumentReadingRole")
        for action in as_list(statement["Action"])
        if not action.startswith(("logs:", "sqs:"))
    }
    policy = RESOURCES["TextractPolicy"]

    assert actions == {
        "dynamodb:BatchGetItem",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "s3:GetObject",
        "s3:ListBucket",
    }
    assert policy["Condition"] == "ReadsByTextract"
    assert policy["Properties"]["Roles"] == [{"Ref": "DocumentReadingRole"}]
    [statement] = policy["Properties"]["PolicyDocument"]["Statement"]
    assert sorted(statement["Action"]) == [
        "textract:AnalyzeExpense",
        "textract:GetExpenseAnalysis",
        "textract:StartExpenseAnalysis",
    ]


def test_no_record_of_the_stream_blocks_it_for_ever_or_is_lost_silently() -> None:
    mapping = RESOURCES["ExpenseAcceptedStreamMapping"]["Properties"]
    failures = {"Fn::GetAtt": ["ExpenseAcceptedFailureQueue", "Arn"]}

    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 0 < mapping["MaximumRetryAttempts"] <= 100
    assert 3600 <= mapping["MaximumRecordAgeInSeconds"] <= 86400
    assert mapping["DestinationConfig"] == {"OnFailure": {"Destination": failures}}
    assert "FifoQueue" not in RESOURCES["ExpenseAcceptedFailureQueue"]["Properties"]
    assert failures in [statement["Resource"] for statement in statements_of("ExpenseAcceptedRole")]


def test_the_stream_is_read_from_where_it_begins_and_only_where_an_expense_is_accepted() -> None:
    mapping = RESOURCES["ExpenseAcceptedStreamMapping"]["Properties"]

    patterns = [json.loads(each["Pattern"]) for each in mapping["FilterCriteria"]["Filters"]]

    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert patterns == [{"dynamodb": {"NewImage": {"status": {"S": ["ACCEPTED"]}}}}]
    assert mapping["MaximumBatchingWindowInSeconds"] <= 2


def test_what_is_given_up_anywhere_raises_an_alarm() -> None:
    redriven = [
        queue["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        for queue in of_type("AWS::SQS::Queue").values()
        if "RedrivePolicy" in queue["Properties"]
    ]

    watched = {
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in of_type("AWS::CloudWatch::Alarm").values()
        if alarm["Properties"]["MetricName"] == "ApproximateNumberOfMessagesVisible"
        for dimension in alarm["Properties"]["Dimensions"]
    }

    assert watched == {*redriven, "ExpenseAcceptedFailureQueue"}


def test_deliveries_and_folders_are_found_by_key_and_by_consistent_indexes() -> None:
    def declared(logical_id: str) -> dict[str, list[str]]:
        table = RESOURCES[logical_id]["Properties"]
        return {
            "key": [key["AttributeName"] for key in table["KeySchema"]],
            "indexes": [
                [index["IndexName"], index["Projection"]["ProjectionType"]]
                + [key["AttributeName"] for key in index["KeySchema"]]
                for index in table.get("LocalSecondaryIndexes", [])
            ],
        }

    assert declared("DeliveriesTable") == {
        "key": ["company_id", "delivery_key"],
        "indexes": [
            [name, "ALL", "company_id", name] for name in ("pending", "failed", "changed_at", "month")
        ],
    }
    assert declared("EmployeeFoldersTable") == {"key": ["company_id", "folder_key"], "indexes": []}


def test_every_queue_is_encrypted() -> None:
    for queue in of_type("AWS::SQS::Queue").values():
        assert queue["Properties"]["SqsManagedSseEnabled"] is True


@pytest.mark.parametrize("role", ROLES)
def test_no_role_has_a_wildcard_action_or_every_resource(role: str) -> None:
    for statement in statements_of(role):
        assert all("*" not in action for action in as_list(statement["Action"])), statement["Sid"]
        assert statement["Resource"] != "*", statement["Sid"]


@pytest.mark.parametrize("role", ROLES)
def test_every_use_of_the_tokens_key_is_bound_to_a_purpose_and_a_subject(role: str) -> None:
    uses = [s for s in statements_of(role) if any(a.startswith("kms:") for a in as_list(s["Action"]))]

    for use in uses:
        condition = use["Condition"]
        (purposes,) = condition["StringEquals"].values()
        assert list(condition["StringEquals"]) == ["kms:EncryptionContext:purpose"]
        assert set(as_list(purposes)) <= PURPOSES
        assert condition["StringLike"] in (
            {"kms:EncryptionContext:link_id": "*"},
            {"kms:EncryptionContext:link_id": "company:*"},
            {"kms:EncryptionContext:attempt_id": "*"},
        )


def test_each_drain_can_open_refresh_tokens_of_its_purpose_and_who_revokes_them_those_of_both() -> None:
    def decrypts(role: str) -> list[tuple[str, Any]]:
        return [
            (
                key.removeprefix("kms:EncryptionContext:"),
                statement["Condition"]["StringEquals"]["kms:EncryptionContext:purpose"],
            )
            for statement in statements_of(role)
            if "kms:Decrypt" in as_list(statement["Action"])
            for key in statement["Condition"]["StringLike"]
        ]

    assert {role: decrypts(role) for role in ROLES if decrypts(role)} == {
        "AutoImportRole": [("link_id", "auto_import")],
        "DocumentSyncRole": [("link_id", "synchronisation")],
        "OauthCallbackRole": [("attempt_id", ["auto_import", "synchronisation"])],
        "TokenRevocationRole": [("link_id", ["auto_import", "synchronisation"])],
    }


def test_who_revokes_tokens_touches_no_row_but_theirs() -> None:
    on_links = [s for s in statements_of("TokenRevocationRole") if "LinksTable" in json.dumps(s["Resource"])]

    own = [s for s in on_links if s["Action"] != "dynamodb:Query"]

    assert [s["Condition"] for s in own] == [
        {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": "revoke:*"}}
    ]


def test_the_synchronisation_changes_no_expense_no_company_and_no_document() -> None:
    foreign = {
        action
        for role in ("ExpenseAcceptedRole", "DocumentSyncRole")
        for statement in statements_of(role)
        if any(
            name in json.dumps(statement["Resource"])
            for name in ("ExpensesTableName", "CompaniesTableName", "DocumentsBucket")
        )
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
    actions = [action for s in statements_of("DropboxWebhookRole") for action in as_list(s["Action"])]

    assert sorted(actions) == [
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "secretsmanager:GetSecretValue",
        "sqs:SendMessage",
    ]


def test_only_what_browsers_and_dropbox_call_is_public() -> None:
    routes = of_type("AWS::ApiGatewayV2::Route").values()

    access = {r["Properties"]["RouteKey"]: r["Properties"]["AuthorizationType"] for r in routes}

    public = {route for route, authorisation in access.items() if authorisation == "NONE"}
    assert public == {"GET /oauth/callback", "GET /dropbox/webhook", "POST /dropbox/webhook"}
    assert {authorisation for route, authorisation in access.items() if route not in public} == {"JWT"}


def test_every_public_route_is_throttled() -> None:
    routes = of_type("AWS::ApiGatewayV2::Route").values()
    public = {r["Properties"]["RouteKey"] for r in routes if r["Properties"]["AuthorizationType"] == "NONE"}

    settings = RESOURCES["HttpApiStage"]["Properties"]["RouteSettings"]

    assert public <= set(settings)
    assert all(s["ThrottlingRateLimit"] and s["ThrottlingBurstLimit"] for s in settings.values())


def test_the_access_log_is_json_and_holds_no_query_string() -> None:
    line = RESOURCES["HttpApiStage"]["Properties"]["AccessLogSettings"]["Format"]

    variables = set(re.findall(r"\$context\.[\w.]+", line))

    assert json.loads(line)
    assert not variables & {"$context.path", "$context.identity.userAgent", "$context.identity.referer"}
    assert not any("query" in variable.lower() for variable in variables)


def test_the_api_answers_before_its_caller_gives_up() -> None:
    def seconds(name: str) -> float:
        return float(RESOURCES[f"{name}Integration"]["Properties"]["TimeoutInMillis"]) / 1000

    assert RESOURCES["DropboxWebhookFunction"]["Properties"]["Timeout"] < seconds("DropboxWebhook") <= 10
    assert RESOURCES["OauthCallbackFunction"]["Properties"]["Timeout"] < seconds("OauthCallback") < 30


def test_no_secret_travels_by_value() -> None:
    variables = {
        name: value
        for function in of_type("AWS::Serverless::Function").values()
        for name, value in function["Properties"]["Environment"]["Variables"].items()
    }

    assert variables["AUTO_IMPORT_APP_SECRET_NAME"] == {"Ref": "AutoImportAppSecretName"}
    assert not [name for name in variables if "SECRET" in name and not name.endswith("_NAME")]


@pytest.mark.parametrize("name", sorted(of_type("AWS::CloudWatch::Alarm")))
def test_every_alarm_says_what_it_means_and_tells_the_topic(name: str) -> None:
    alarm = RESOURCES[name]["Properties"]

    meaning, _, runbook = alarm["AlarmDescription"].partition(" Runbook: ")
    assert meaning.endswith((".", "?"))
    assert runbook == f"docs/operations.md#{name.lower()}"
    assert alarm["AlarmActions"]["Fn::If"][0] == "HasAlarmTopic"


def test_every_alarm_has_its_entry_in_the_runbook_and_the_reverse() -> None:
    page = (TEMPLATE.parent / "docs" / "operations.md").read_text(encoding="utf-8")

    entries = re.findall(r'^\| <a id="(\w+)"></a>`(\w+)` \| \S.* \| \S.* \|$', page, re.MULTILINE)

    alarms = sorted(of_type("AWS::CloudWatch::Alarm"))
    assert sorted(entries) == sorted((name.lower(), name) for name in alarms)


@pytest.mark.parametrize("name", sorted(of_type("AWS::Serverless::Function")))
def test_what_aws_refuses_any_function_is_heard_within_fifteen_minutes(name: str) -> None:
    service = RESOURCES[name]["Properties"]["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]

    [alarm] = alarms_on("AwsCallsRefused", service).values()

    assert alarm["Threshold"] == 0
    assert alarm["Period"] * alarm["EvaluationPeriods"] <= 15 * 60
    assert alarm["TreatMissingData"] == "notBreaching"


@pytest.mark.parametrize("name", sorted(of_type("AWS::Events::Rule")))
def test_a_schedule_that_does_not_run_is_heard(name: str) -> None:
    [target] = RESOURCES[name]["Properties"]["Targets"]
    function = RESOURCES[target["Arn"]["Fn::GetAtt"][0]]["Properties"]

    [alarm] = alarms_on(
        "RunsCompleted", function["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]
    ).values()

    assert RESOURCES[name]["Properties"]["ScheduleExpression"] == "rate(5 minutes)"
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
    assert alarm["TreatMissingData"] == "breaching"
    assert alarm["Period"] * alarm["EvaluationPeriods"] <= 15 * 60


@pytest.mark.parametrize(
    ("metric", "hours"), [("ImportLookAgeSeconds", HEARD_FACTOR * 6), ("DeliveryLookAgeSeconds", 6)]
)
def test_a_working_link_that_is_looked_at_too_late_is_heard_and_no_other(metric: str, hours: int) -> None:
    [alarm] = alarms_on(metric, "sweep").values()

    assert TEMPLATE_LOADED["Parameters"]["SweepHours"]["Default"] == 6
    assert hours * 3600 < alarm["Threshold"] <= (hours + 2) * 3600


@pytest.mark.parametrize("metric", ["Errors", "Throttles"])
def test_every_function_is_watched(metric: str) -> None:
    watched = {
        dimension["Value"]["Ref"]
        for alarm in of_type("AWS::CloudWatch::Alarm").values()
        if (alarm["Properties"]["Namespace"], alarm["Properties"]["MetricName"]) == ("AWS/Lambda", metric)
        for dimension in alarm["Properties"]["Dimensions"]
    }

    assert watched == set(of_type("AWS::Serverless::Function"))


def test_an_alarm_about_our_own_metrics_watches_one_that_is_counted() -> None:
    for name, alarm in of_type("AWS::CloudWatch::Alarm").items():
        if alarm["Properties"]["Namespace"] == NAMESPACE:
            [dimension] = alarm["Properties"]["Dimensions"]
            assert dimension["Name"] == "service", name
            assert is_counted(alarm["Properties"]["MetricName"], dimension["Value"]), name


def test_the_dashboard_shows_every_alarm_and_only_metrics_that_there_are() -> None:
    body = RESOURCES["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    named = set(re.findall(r"\$\{(\w+)(?:\.\w+)?\}", body))

    widgets = json.loads(body)["widgets"]

    assert named <= set(RESOURCES)
    [alarms] = [widget["properties"]["alarms"] for widget in widgets if widget["type"] == "alarm"]
    assert set(alarms) == {f"${{{name}.Arn}}" for name in of_type("AWS::CloudWatch::Alarm")}
    metrics = [
        metric
        for widget in widgets
        if widget["type"] == "metric"
        for metric in widget["properties"]["metrics"]
    ]
    ours = [(metric[1], metric[3]) for metric in metrics if metric[0] == NAMESPACE]
    assert ours
    assert [each for each in ours if not is_counted(*each)] == []


@pytest.mark.parametrize("function", sorted(of_type("AWS::Serverless::Function")))
def test_the_dashboard_shows_how_every_function_does_and_what_it_logged(function: str) -> None:
    body = RESOURCES["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]

    for metric in ("Errors", "Throttles", "Duration"):
        assert f'["AWS/Lambda", "{metric}", "FunctionName", "${{{function}}}"]' in body
    assert f"SOURCE '${{{function.removesuffix('Function')}LogGroup}}'" in body


def test_the_dashboards_widgets_lie_beside_each_other() -> None:
    body = RESOURCES["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]

    taken = [
        (column, row)
        for widget in json.loads(body)["widgets"]
        for column in range(widget["x"], widget["x"] + widget["width"])
        for row in range(widget["y"], widget["y"] + widget["height"])
    ]

    assert len(taken) == len(set(taken))
    assert max(column for column, _ in taken) < 24


def test_only_the_drains_tell_the_host_and_on_its_bus_alone() -> None:
    bus = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${EventBusName}"

    told = {
        role: (statement["Action"], statement["Resource"])
        for role in ROLES
        for statement in statements_of(role)
        if any(action.startswith("events:") for action in as_list(statement["Action"]))
    }

    assert told == dict.fromkeys(
        ("AutoImportRole", "DocumentSyncRole"), ("events:PutEvents", {"Fn::Sub": bus})
    )


def test_every_parameter_and_output_is_described() -> None:
    described = [*TEMPLATE_LOADED["Parameters"].values(), *TEMPLATE_LOADED["Outputs"].values()]

    assert all(item["Description"] for item in described)


def test_the_emulator_is_given_the_template_but_for_what_it_cannot_do() -> None:
    uris = {logical_id: f"s3://artifacts/{logical_id}.zip" for logical_id in functions_of(TEMPLATE_LOADED)}

    adapted = adapt_to_emulator(TEMPLATE_LOADED, uris)

    resources = adapted["Resources"]
    resources["DocumentsBucketPolicy"] = RESOURCES["DocumentsBucketPolicy"]
    mapping = resources["DocumentReadingQueueMapping"]["Properties"]
    assert mapping["ScalingConfig"] == {"MaximumConcurrency": 2}
    mapping["ScalingConfig"] = RESOURCES["DocumentReadingQueueMapping"]["Properties"]["ScalingConfig"]
    assert resources["HttpApi"]["Properties"].pop("Tags") == {"ms-custom-id": "0de50001"}
    for logical_id, uri in uris.items():
        assert resources[logical_id]["Properties"].pop("CodeUri") == uri
    for role in ROLES:
        adapted_statements = resources[role]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
        for statement, original in zip(adapted_statements, statements_of(role), strict=True):
            if any(action.startswith("kms:") for action in as_list(original["Action"])):
                statement["Condition"] = original["Condition"]
            allowed = set(as_list(statement["Action"])) - set(as_list(original["Action"]))
            assert allowed <= {"sqs:SendMessageBatch"}
            statement["Action"] = original["Action"]
    assert adapted == TEMPLATE_LOADED


SETTINGS = {
    "auto_import": config.AutoImportSettings,
    "document_reading": config.DocumentReadingSettings,
    "document_sync": config.DocumentSyncSettings,
    "dropbox_webhook": config.WebhookSettings,
    "erasure": config.ErasureSettings,
    "expense_accepted": config.ExpenseAcceptedSettings,
    "oauth_callback": config.OauthSettings,
    "page_api": config.PageApiSettings,
    "sweep": config.SweepSettings,
    "token_revocation": config.TokenRevocationSettings,
}


@pytest.mark.parametrize(
    "function",
    of_type("AWS::Serverless::Function").values(),
    ids=lambda function: function["Properties"]["Handler"],
)
def test_every_function_is_given_the_settings_that_it_reads_and_no_others(function: dict[str, Any]) -> None:
    folder = function["Properties"]["Handler"].split(".")[1]
    read = {config.variable_of(setting) for setting in fields(SETTINGS[folder])}

    given = function["Properties"]["Environment"]["Variables"].keys()

    aws_own = {name for name in read if name.startswith("AWS_")}
    assert {name for name in given if not name.startswith("POWERTOOLS_")} == read - aws_own
