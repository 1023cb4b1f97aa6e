"""Speed, memory, growth and cost, measured side by side with peers; `README.md` says how to read it."""
