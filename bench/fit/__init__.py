"""Whether weights fitted to documents do better than those set by hand, and when a score is sure."""
