"""Has parliament judge the roles' policies: actions unknown to AWS, resources that they do not take.

Run by `make check` with .venv-policies, from the project's folder.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from parliament import analyze_policy_string

from local.template import TEMPLATE, load_template, statements_of

ONBOARD = TEMPLATE.parent / "template-onboard.yaml"
# The resource is the one that SAM's own policy for it has, though AWS's list of actions names none:
# DynamoDBStreamReadPolicy of samtranslator/policy_templates_data/policy_templates.json.
EXPECTED = {("ExpenseAcceptedRole", "RESOURCE_MISMATCH", "dynamodb:ListStreams")}

_ACCOUNT = "eu-west-1:123456789012"
_ARNS = {
    "TokensKey": f"arn:aws:kms:{_ACCOUNT}:key/1",
    "HostKeyArns": f"arn:aws:kms:{_ACCOUNT}:key/2",
    "ExpensesStreamArn": f"arn:aws:dynamodb:{_ACCOUNT}:table/expenses/stream/1",
    "ReadingQueueArn": f"arn:aws:sqs:{_ACCOUNT}:ReadingQueue",
}
_PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::Region": "eu-west-1",
    "AWS::AccountId": "123456789012",
    "AWS::URLSuffix": "amazonaws.com",
}


def resolved(part: Any) -> Any:  # noqa: ANN401 # any part of a template
    """A statement with ARNs as they may come to be."""
    if isinstance(part, list):
        return [resolved(each) for each in part]
    if not isinstance(part, dict):
        return part
    if "Ref" in part:
        return _ARNS[part["Ref"]]
    if "Fn::Sub" in part:
        return re.sub(r"\$\{([^}]+)\}", lambda name: _PSEUDO.get(name[1], name[1].lower()), part["Fn::Sub"])
    if "Fn::GetAtt" in part:
        name = part["Fn::GetAtt"][0]
        group = f"arn:aws:logs:{_ACCOUNT}:log-group:{name}:*"
        return f"arn:aws:sqs:{_ACCOUNT}:{name}" if name.endswith("Queue") else group
    return {key: resolved(value) for key, value in part.items()}


def findings() -> set[tuple[str, str, str]]:
    """Role or policy, parliament's name of what it found, and of which action where it says so."""
    found = set()
    for template in (TEMPLATE, ONBOARD):
        for name, resource in load_template(template)["Resources"].items():
            if statements := statements_of(resource):
                policy = json.dumps({"Version": "2012-10-17", "Statement": resolved(statements)})
                for finding in analyze_policy_string(policy).findings:
                    detail = finding.detail[0] if isinstance(finding.detail, list) else finding.detail
                    action = detail.get("action", "") if isinstance(detail, dict) else str(detail)
                    found.add((name, finding.issue, action))
    return found


if __name__ == "__main__":
    found = findings()
    for name, issue, action in sorted(found ^ EXPECTED):
        sys.stderr.write(f"{name}: {issue} {action}\n")
    sys.exit(bool(found ^ EXPECTED))
