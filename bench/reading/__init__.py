"""How much of real documents is read right: against the truth that lies beside them."""
