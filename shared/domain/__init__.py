"""The models, their reasons and errors; imports nothing but the standard library."""
