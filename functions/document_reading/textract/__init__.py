"""Pictures read by Amazon Textract, in the words of our own rules."""
