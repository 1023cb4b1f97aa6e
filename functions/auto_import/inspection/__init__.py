"""What a dropped file really is, decided by its content and structure, never by its name."""
