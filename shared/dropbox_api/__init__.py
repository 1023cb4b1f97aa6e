"""Adapters to Dropbox: the only code that imports its SDK."""

from shared.dropbox_api.deferred_parts import defer_unused_parts

# Here, since each of the adapters imports the SDK.
defer_unused_parts()
