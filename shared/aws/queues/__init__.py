"""Adapters to SQS."""
