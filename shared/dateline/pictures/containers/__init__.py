"""The formats of picture files, read for their headers alone: nothing here decodes a pixel."""
