"""What functions are told by their environment: a frozen class for each, in a module that it imports alone.

Nothing else reads the environment.
"""
