"""What files say of a picture in words: EXIF, IPTC-IIM and XMP, from the bytes that their containers hold."""
