"""The command line, for batch work: `explore scan`, `explore audit`, `explore export`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from explore import texts
from explore.terms import ExploreError, FileExists
from explore.texts import coding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explore.register import Register
    from explore.texts import Scan


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when numbers are open, 2 for a mistake, 130 when stopped."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except ExploreError as error:
        fix = "give --overwrite to replace what is there, or take another folder"
        sys.stderr.write(f"explore: {f'{error.message}; {fix}' if isinstance(error, FileExists) else error}\n")
        return 2
    except BrokenPipeError:  # the reader of a pipe, such as head, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("explore: stopped; the files written so far are whole\n")
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="explore", description="The numbers that documents state.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    scan = commands.add_parser("scan", help="list the numbers of a text that its register does not account for")
    scan.add_argument("text", metavar="TEXT", help="a text, a register (.toml), or the id of a shipped document")
    scan.add_argument("--texts", metavar="FOLDER", help="where the texts are, instead of EXPLORE_TEXTS")
    ways = scan.add_mutually_exclusive_group()
    ways.add_argument("--new", action="store_true", help="write a register to fill in, beside the text")
    ways.add_argument("--write", action="store_true", help="write start and end of every quote into the register")
    ways.add_argument("--annotations", action="store_true", help="print the spans as W3C Web Annotations")
    scan.set_defaults(run=_scan)
    audit = commands.add_parser("audit", help="set the stated numbers beside what their sources show")
    audit.add_argument("--seeds", metavar="FOLDER", help="folder of registers, instead of the shipped one")
    audit.add_argument("--strict", action="store_true", help="end with 1 when a finding does not hold")
    audit.set_defaults(run=_audit)
    export = commands.add_parser("export", help="write every chart and table into a folder")
    export.add_argument("folder", metavar="FOLDER")
    export.add_argument("--seeds", metavar="FOLDER", help="folder of registers, instead of the shipped one")
    export.add_argument("--overwrite", action="store_true", help="replace what an earlier export wrote")
    export.set_defaults(run=_export)
    return parser


def _scan(options: argparse.Namespace) -> int:
    given = options.text
    if options.annotations:
        _say(json.dumps(texts.web_annotations(given, texts=options.texts), ensure_ascii=False, indent=2))
        return 0
    if options.new:
        path = coding.start(Path(given))
        _say(f"{path}: written; fill in what is “?”, then run: explore scan {path}")
        given = path
    source, coded = texts.resolve(given, texts=options.texts)
    if options.write:
        if coded is None:
            raise ExploreError(f"{source.name}: has no register; write one with `explore scan TEXT --new`")
        changed = coding.fill(coded.path, source)
        _say(f"{coded.path}: start and end of {changed} quotes written")
        source, coded = texts.resolve(coded.path, texts=options.texts)
    found = texts.scan_of(source, coded)
    _list(found, coded)
    return int((found["status"] == "open").any())


def _list(found: Scan, coded: Register | None) -> None:
    """Print the open numbers with their lines, what is not filled in, and the coverage."""
    for row in found[found["status"] == "open"].to_dict("records"):
        line = found.words_read.count("\n", 0, row["start"]) + 1
        _say(f"line {line}: {' '.join(row['words'].split())} ({row['kind']}): {row['sentence']}")
    unfinished = [one.id for one in coded.statistics if one.unfinished] if coded else []
    if unfinished:
        named = ", ".join(unfinished[:3]) + (" …" if unfinished[3:] else "")
        _say(f"{len(unfinished)} statistics hold a “?”, so their numbers are open: {named}")
    _say(found.coverage)


def _audit(options: argparse.Namespace) -> int:
    table = import_module("explore.verdicts").audit(options.seeds)
    _say(table[["id", "stated", "found", "verdict", "reason"]].to_string(index=False))
    found = import_module("explore.claims").findings(options.seeds)
    untrue = found[~found["holds"]]
    for one in untrue.to_dict("records"):
        _say(f"finding {one['id']} does not hold: {one['reason']}")
    return int(options.strict and len(untrue) > 0)


def _export(options: argparse.Namespace) -> int:
    export_all = import_module("explore.exports").export_all
    made = export_all(options.folder, overwrite=options.overwrite, seeds=options.seeds)
    _say(f"{len(made)} files written to {options.folder}")
    return 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
