"""Take the ids of widgets out of notebooks: after a run nobody holds those widgets, and each run has others.

`make notebooks` runs it. What a panel stores beside them stays: its chart, live and as a picture, and a sentence.
"""

from __future__ import annotations

import sys

import nbformat

from explore.panels.panel import VIEW


def main(paths: list[str]) -> None:
    """Rewrite the notebooks without the ids."""
    for path in paths:
        book = nbformat.read(path, as_version=4)
        for cell in book.cells:
            for output in cell.get("outputs", []):
                output.get("data", {}).pop(VIEW, None)
        nbformat.write(book, path)


if __name__ == "__main__":
    main(sys.argv[1:])
