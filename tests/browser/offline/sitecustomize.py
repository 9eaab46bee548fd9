"""Write down every address beyond this machine that a Python program asks for.

Python runs this file at its start where this folder is on ``PYTHONPATH``: in JupyterLab and its kernels.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = {"", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "None"}  # noqa: S104


def note(event: str, arguments: tuple[object, ...]) -> None:
    """Append the host of a look-up or a connection to the file that ``OFFLINE_LOG`` names."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name not in HERE:
        with Path(os.environ["OFFLINE_LOG"]).open("a", encoding="utf-8") as log:
            log.write(f"{event} {name}\n")


sys.addaudithook(note)
