"""How the characters of a calendar are written: charsets, quoted-printable, base64."""
