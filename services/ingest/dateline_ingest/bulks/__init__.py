"""Many stories in one request."""
