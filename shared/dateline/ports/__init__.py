"""What a ledger, an index and a wake-up must be able to do. ``adapters/`` does it; ``tests/contract`` checks each."""
