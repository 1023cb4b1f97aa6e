"""An account on the disk, both ways."""
