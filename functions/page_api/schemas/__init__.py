"""What the API takes and gives, as JSON: the models that requests and answers are checked against.

The OpenAPI document shows exactly these. A request imports those of what it is about, and no others.
"""
