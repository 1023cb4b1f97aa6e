"""Adapters to our DynamoDB tables."""
