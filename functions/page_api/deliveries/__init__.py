"""Operations on deliveries."""
