"""Prints what SAM makes of a template; run by the environment of the AWS emulator, which has SAM's translator."""

from __future__ import annotations

import json
import sys

from samtranslator.translator.transform import transform


class _NoPolicies:
    """Our roles name their statements; none is one of SAM's."""

    def load(self) -> dict[str, str]:
        return {}


if __name__ == "__main__":
    given = json.load(sys.stdin)
    json.dump(transform(given["template"], given["parameters"], _NoPolicies()), sys.stdout)
