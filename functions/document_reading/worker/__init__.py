"""The child process that parses documents, and what talks to it."""
