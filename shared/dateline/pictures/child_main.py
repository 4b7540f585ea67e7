"""The child process in which one picture is decoded: sets its own limits, makes the renditions, says what it made.

``python -m dateline.pictures.child_main JSON``; the answer is one line of JSON.
"""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import sys
from pathlib import Path
from typing import Any, Final

MEMORY: Final = 1536 << 20
CPU_SECONDS: Final = 25
FILE_BYTES: Final = 512 << 20
_PR_SET_PDEATHSIG: Final = 1


def main() -> None:
    """Do what the only argument says."""
    limit()
    asked = json.loads(sys.argv[1])
    from dateline.errors import InvalidInput, PictureUnreadable

    try:
        answer = _render(asked)
    except (InvalidInput, PictureUnreadable) as error:
        answer = {"unreadable": str(error)}
    except MemoryError:
        answer = {"unreadable": "The picture needs more memory than one may have."}
    except OSError as error:
        answer = {"failed": str(error.strerror or error)}
    print(json.dumps(answer), flush=True)


def limit() -> None:
    """Bound what this process may use, and end it with its parent."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _render(asked: dict[str, Any]) -> dict[str, Any]:
    import pyvips

    from dateline.domain.picture import FocalPoint
    from dateline.errors import PictureUnreadable
    from dateline.pictures.file_type import describe_file
    from dateline.pictures.rendering import render

    path, folder = Path(asked["path"]), Path(asked["folder"])
    file = describe_file(path)
    if [file.width, file.height] != asked["size"]:
        raise PictureUnreadable(f"The file has {file.width} × {file.height} pixels, and another size is on record.")
    try:
        rendered = render(path, file, folder, FocalPoint(*asked["focal"]) if asked["focal"] else None, asked["there"])
    except pyvips.Error as error:
        if "space left" in str(error):
            raise OSError("no space left for the renditions") from None
        raise PictureUnreadable(f"The renditions can't be made: {str(error.detail)[:200]}") from None
    made = rendered.made
    return {
        "focal": made.focal, "likeness": made.likeness, "animated": made.animated, "jpeg_size": made.jpeg_size,
        "names": rendered.names, "kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }  # fmt: skip


if __name__ == "__main__":
    main()
