"""The quarantine: what could not be indexed and why, mended and tried again, alone or with all that failed alike."""
