"""In-memory doubles of our own protocols; the contract tests hold them to the real adapters' behaviour."""
