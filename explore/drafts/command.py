"""The command `explore check`: what does not hold, what to write instead, and the text for publication."""

import argparse
from collections.abc import Callable
from pathlib import Path

from explore import files
from explore.drafts import editing
from explore.drafts.checking import Check, check
from explore.drafts.footnotes import with_footnotes
from explore.terms import ExploreError


def run(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Check files one by one; 1 when a number of any does not hold."""
    if options.footnotes and len(options.files) > 1:
        raise ExploreError("--footnotes: writes one text; check one file at a time")
    if options.footnotes and files.named(options.footnotes).resolve() == files.named(options.files[0]).resolve():
        raise ExploreError(f"{options.footnotes}: is the draft itself; name another file")
    if options.footnotes and Path(options.footnotes).suffix.lower() not in {".md", ".html"}:
        raise ExploreError(f"{options.footnotes}: name a file that ends in .md or .html")
    wrong = 0
    for name in options.files:
        found = check(Path(name), options.seeds)
        wanted = editing.edits(found, bind=options.bind)
        if options.write and wanted and found.draft:
            for one in editing.write(found.draft, wanted):
                say(f"{name}: written: {one.told}")
            found = check(Path(name), options.seeds)
        elif options.bind:
            for one in wanted:
                say(f"{name}: proposed: {one.told}")
        wrong += _list(name, found, say)
        if options.footnotes:
            text = with_footnotes(found, options.seeds, as_html=options.footnotes.lower().endswith(".html"))
            files.write({Path(options.footnotes): text.encode()}, overwrite=options.overwrite)
            say(f"{options.footnotes}: written")
    return int(wrong > 0)


def _list(name: str, found: Check, say: Callable[[str], None]) -> int:
    """Print a line for each number that does not hold, and the coverage; return how many those are."""
    wrong = found[~found["status"].isin(["holds", "dismissed"])]
    for row in wrong.astype(object).where(wrong.notna(), None).to_dict("records"):
        place = [f"{what} {row[what]}" for what in ("cell", "line") if row[what] is not None]
        say(f"{', '.join([name, *place])}: {' '.join(row['words'].split())}: {row['status']}: {row['reason']}")
    say(f"{name}: {found.coverage}")
    return len(wrong)
