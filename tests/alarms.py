"""The alarms that our templates declare, for tests of what raises them."""

from __future__ import annotations

from typing import Any

from local.template import ROOT, load_template


def alarms() -> dict[str, dict[str, Any]]:
    """The properties of every alarm by its name, whichever template declares it."""
    return {
        name: resource["Properties"]
        for template in ROOT.glob("template*.yaml")
        for name, resource in load_template(template).get("Resources", {}).items()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }


def alarms_on(metric: str, service: str) -> dict[str, dict[str, Any]]:
    """Those that watch what a function counts."""
    return {
        name: alarm
        for name, alarm in alarms().items()
        if alarm["MetricName"] == metric and {"Name": "service", "Value": service} in alarm["Dimensions"]
    }
