"""Many users at work on the deployed template, amid faults and killed functions; then a look from outside."""
