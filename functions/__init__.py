"""One folder per deployed function: a handler that translates and the use cases it calls."""
