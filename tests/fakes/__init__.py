"""Stand-ins for the ports, small enough to be read at a glance."""
