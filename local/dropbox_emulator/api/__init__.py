"""The calls of `/2/…`: routes, their types, and what their answers look like."""
