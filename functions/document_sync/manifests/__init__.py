"""The months' manifests: what was delivered, for accountants, as CSV and as an Excel file."""
