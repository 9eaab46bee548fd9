"""The command line, for batch work: `explore scan`, `explore audit`, `explore check`, `explore export`."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
from bisect import bisect_left
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from explore import texts
from explore.register.schema import UNKNOWN
from explore.terms import ExploreError, FileExists, printable
from explore.texts import coding, skeletons

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from explore.register import Register
    from explore.texts import Scan


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when numbers are open, 2 for a mistake, 130 when stopped."""
    _open_streams()
    options = _parser().parse_args(arguments)
    stops: list[int] = []

    def stop(signum: int, _: object) -> None:
        stops.append(signum)
        raise KeyboardInterrupt

    with suppress(ValueError):  # outside the main thread nobody can be told of a signal
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, stop)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except ExploreError as error:
        fix = "give --overwrite to replace what is there, or take another folder"
        told = f"{error.message}; {fix}" if isinstance(error, FileExists) else str(error)
        sys.stderr.write(f"explore: {printable(told)}\n")
        return 2
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # the reader of a pipe, such as head, has had enough
            return 0
        sys.stderr.write(f"explore: what it found could not be written: {error.strerror}\n")
        return 2
    except (KeyboardInterrupt, Exception) as error:
        if not stops and not isinstance(error, KeyboardInterrupt):
            raise
        # A library may have made another error of the signal: openpyxl catches everything.
        sys.stderr.write("explore: stopped; the files written so far are whole\n")
        return 130
    finally:
        with suppress(ValueError):
            if signal.getsignal(signal.SIGINT) is stop:
                signal.signal(signal.SIGINT, signal.default_int_handler)
    return status


def _open_streams() -> None:
    """See to it that words can be said, whatever the terminal: closed streams lead nowhere, odd letters are “?”."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="explore", description="The numbers that documents state.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    scan = commands.add_parser("scan", help="list the numbers of a text that its register does not account for")
    scan.add_argument("text", metavar="TEXT", help="a file, a register (.toml), or the id of a shipped document")
    scan.add_argument("--texts", metavar="FOLDER", help="where the texts are, instead of EXPLORE_TEXTS")
    ways = scan.add_mutually_exclusive_group()
    ways.add_argument("--new", action="store_true", help="write a register to fill in, beside the text")
    ways.add_argument("--write", action="store_true", help="write start and end of every quote into the register")
    scan.set_defaults(run=_scan)
    audit = commands.add_parser("audit", help="set the stated numbers beside what their sources show")
    audit.add_argument("--seeds", metavar="FOLDER", help="folder of registers, instead of the shipped one")
    audit.add_argument("--strict", action="store_true", help="end with 1 when a finding does not hold")
    audit.set_defaults(run=_audit)
    check = commands.add_parser("check", help="hold every number of a draft, or of an exported file, to its row")
    check.add_argument("files", metavar="FILE", nargs="+")
    check.add_argument("--seeds", metavar="FOLDER", help="folder of registers, instead of the shipped one")
    check.add_argument("--write", action="store_true", help="bring stale numbers up to date in the files")
    check.add_argument("--bind", action="store_true", help="propose a row where one alone fits; with --write, bind it")
    check.add_argument("--footnotes", metavar="OUT", help="write the text for publication, as .md or .html")
    check.add_argument("--overwrite", action="store_true", help="replace the text for publication of an earlier run")
    check.set_defaults(run=_check)
    export = commands.add_parser("export", help="write every chart and table into a folder")
    export.add_argument("folder", metavar="FOLDER")
    export.add_argument("--seeds", metavar="FOLDER", help="folder of registers, instead of the shipped one")
    export.add_argument(
        "--size", metavar="SIZE", help="of the pictures: column, phone, square, social, wide, print, 85mm"
    )
    export.add_argument("--variant", metavar="VARIANT", help="of the charts: plain, dark, transparent")
    export.add_argument("--overwrite", action="store_true", help="replace what an earlier export wrote")
    export.set_defaults(run=_export)
    return parser


def _scan(options: argparse.Namespace) -> int:
    given = options.text
    if options.new:
        given = skeletons.start(Path(given))
        _say(f"{given}: written; fill in what is “?”, then run: explore scan {given}")
    source, coded = texts.resolve(given, texts=options.texts)
    if source.name == texts.GIVEN:
        raise ExploreError(f"{given}: there is no such file; name a text, a register or a shipped document")
    if options.write:
        if coded is None:
            raise ExploreError(f"{source.name}: has no register; write one with `explore scan TEXT --new`")
        changed = coding.fill(coded.path, source)
        _say(f"{coded.path}: start and end of {changed} quotes written")
        source, coded = texts.resolve(coded.path, texts=options.texts)
    found = texts.scan_of(source, coded)
    if not options.new:
        _list(found)
    for note in [*found.notes, *(_left_to_do(coded) if coded else [])]:
        _say(note)
    _say(found.coverage)
    if coded:
        # What the tables refuse, such as a series that nobody declares, is not ready either.
        import_module("explore.tables").statistics(coded.path.parent)
    ready = coded is None or not (_unknown(coded) or any(one.unfinished for one in coded.statistics))
    return int((found["status"] == "open").any() or not ready)


def _list(found: Scan) -> None:
    """Print the open numbers with their lines."""
    ends = [match.start() for match in re.finditer("\n", found.words_read)]
    columns = (found.loc[found["status"] == "open", name] for name in ("start", "words", "kind", "sentence"))
    for start, words, kind, sentence in zip(*columns, strict=True):
        _say(f"line {bisect_left(ends, start) + 1}: {' '.join(words.split())} ({kind}): {sentence}")


def _unknown(coded: Register) -> list[str]:
    return [name for name, value in coded.document if value == UNKNOWN]


def _left_to_do(coded: Register) -> Iterator[str]:
    """Say what a register leaves to its reader: what is not filled in, not confirmed, or typed."""
    if unknown := _unknown(coded):
        yield f"[document] holds “?” in: {', '.join(unknown)}"
    if unfinished := [one.id for one in coded.statistics if one.unfinished]:
        named = ", ".join(unfinished[:3]) + (" …" if unfinished[3:] else "")
        yield f"{len(unfinished)} statistics hold a “?”, so their numbers are open: {named}"
    lines = coded.path.read_text(encoding="utf-8-sig").splitlines()
    if proposed := sum(line.rstrip().endswith(skeletons.PROPOSED) for line in lines):
        yield f"lines still marked “{skeletons.PROPOSED}”: {proposed}; read each, then take the mark off"
    if typed := [f"{one.id} = {one.value:g}" for one in coded.statistics if one.typed and one.value is not None]:
        yield f"typed beside its words, not read out of them: {', '.join(typed)}"


def _audit(options: argparse.Namespace) -> int:
    table = import_module("explore.verdicts").audit(options.seeds)
    _say(table[["id", "stated", "found", "verdict", "reason"]].to_string(index=False))
    found = import_module("explore.claims").findings(options.seeds)
    untrue = found[~found["holds"]]
    for one in untrue.to_dict("records"):
        _say(f"finding {one['id']} does not hold: {one['reason']}")
    return int(options.strict and len(untrue) > 0)


def _check(options: argparse.Namespace) -> int:
    return import_module("explore.drafts.command").run(options, _say)  # type: ignore[no-any-return]


def _export(options: argparse.Namespace) -> int:
    export_all = import_module("explore.exports").export_all
    made = export_all(
        options.folder, size=options.size, variant=options.variant, overwrite=options.overwrite, seeds=options.seeds
    )
    _say(f"{len(made)} files written to {options.folder}")
    return 0


def _say(words: str) -> None:
    sys.stdout.write(f"{printable(words)}\n")


if __name__ == "__main__":
    sys.exit(main())
