"""What administrators see of their company: who has linked, and numbers."""
