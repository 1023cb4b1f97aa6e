"""Work on strangers' documents in child processes with limits: nothing they do takes the parent along."""
