"""What a copy editor would say of a story that is being written, and whether its links answer."""
