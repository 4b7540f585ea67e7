"""The newsroom on one machine: every process of it, supervised, behind ``dateline up``."""
