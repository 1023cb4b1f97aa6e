"""Operations on imported files."""
