"""Errors of the local world; the text of each is the one clear line a developer is shown."""

from __future__ import annotations


class LocalError(Exception):
    """Something of the local world failed; `str(error)` says what, and what to do where that is known.

    LocalError
    ├── PortTaken         another program listens on the port
    ├── ChildFailed       a program we started ended or never became ready
    ├── BuildFailed       an artifact could not be built
    └── DeploymentFailed  the template could not be deployed
    """


class PortTaken(LocalError):
    """The wanted port cannot be listened on, mostly since another program does."""


class ChildFailed(LocalError):
    """A program we started ended by itself, or did not become ready in time."""


class BuildFailed(LocalError):
    """A function's artifact could not be built."""


class DeploymentFailed(LocalError):
    """The stack was not created; names the first resource that failed and its reason."""
