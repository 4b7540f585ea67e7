"""What scripts/bench runs: each module measures one thing and prints one JSON object a line."""
