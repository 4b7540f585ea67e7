"""The media worker: makes pictures ready for readers, in a process that nothing else waits for."""
