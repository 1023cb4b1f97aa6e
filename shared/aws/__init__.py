"""Adapters to AWS: DynamoDB, S3, SQS and KMS. Nothing else in `shared` talks to them."""
