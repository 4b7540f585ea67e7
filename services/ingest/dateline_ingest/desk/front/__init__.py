"""The editor's page of the front: what leads, the second row, what is hidden, the breaking line, until when."""
