"""The files of pictures, as readers get them: ``/media/{sha256}/{rendition}``."""
