"""What tests and benchmarks share: fakes that pass the adapters' contract tests, a clock, the tables."""
