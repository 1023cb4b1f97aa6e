"""What goes wrong: which calls meet which fault, and what it does to them."""
