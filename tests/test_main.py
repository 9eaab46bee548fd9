"""The command line: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

import explore
from explore.__main__ import main
from explore.texts import coding

if TYPE_CHECKING:
    from pathlib import Path

    from explore.register.schema import Span

STORY = "In 2012, 42 percent of 220 women agreed.\n\n1. One of them left.\n"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """Give a short text in a folder of its own."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_a_text_without_a_register_is_open(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each open number is listed with its line; the last line counts; the end is 1."""
    assert main(["scan", str(story)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "line 1: 42 percent (percent): In 2012, 42 percent of 220 women agreed."
    assert lines[-1] == "5 numbers: 0 statistics, 0 dismissed, 5 open"


def test_from_a_text_to_a_complete_register(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new register is written beside the text; filled in, nothing is open and the end is 0."""
    register = story.with_suffix(".toml")
    assert main(["scan", str(story), "--new"]) == 1
    told = capsys.readouterr().out
    assert f"{register}: written" in told
    assert "hold a “?”" in told
    assert main(["scan", str(story), "--new"]) == 2
    assert capsys.readouterr().err == f"explore: {register}: is there already; move it away first\n"
    register.write_text(register.read_text(encoding="utf-8").replace('"?"', '"2012"'), encoding="utf-8")
    assert main(["scan", str(register)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("lines still marked “# proposed”: 7; read each, then take the mark off\n")
    assert told.endswith("5 numbers: 3 statistics, 2 dismissed, 0 open\n")
    register.write_text(register.read_text(encoding="utf-8").replace("   # proposed", ""), encoding="utf-8")
    assert main(["scan", str(story)]) == 0
    assert capsys.readouterr().out == "5 numbers: 3 statistics, 2 dismissed, 0 open\n"


def test_a_scan_says_what_the_tables_say(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `statistics()` refuses is not ready: a series that nobody declares, a document without its publisher."""
    register = story.with_suffix(".toml")
    main(["scan", str(story), "--new"])
    filled = register.read_text(encoding="utf-8").replace('"?"', '"2012"')
    register.write_text(filled.replace("# series ", "series "), encoding="utf-8")
    capsys.readouterr()
    assert main(["scan", str(story)]) == 2
    assert "series = 'counts': no register declares this series" in capsys.readouterr().err
    register.write_text(filled.replace('publisher  = "2012"', 'publisher  = "?"'), encoding="utf-8")
    assert main(["scan", str(story)]) == 1
    assert "[document] holds “?” in: publisher\n" in capsys.readouterr().out


def test_a_scan_lists_typed_values(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A value that was typed beside its words is told apart from one that was read out of them."""
    register = story.with_suffix(".toml")
    main(["scan", str(story), "--new"])
    filled = register.read_text(encoding="utf-8").replace('"?"', '"2012"')
    register.write_text(filled.replace("[[statistic]]", "[[statistic]]\nvalue = 41", 1), encoding="utf-8")
    capsys.readouterr()
    assert main(["scan", str(story)]) == 0
    assert "typed beside its words, not read out of them: 42-percent-of-220 = 41\n" in capsys.readouterr().out
    found = explore.scan(story).set_index("words")
    assert found.loc["42 percent", "reason"] == "typed beside the words: 41"


def test_a_scan_says_how_a_text_was_read(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The encoding that was taken, and a language that is not read, are said before the count."""
    story.write_bytes("Von diesen waren £5 — 42%".encode("cp1252"))
    main(["scan", str(story)])
    assert "story.txt was read as Windows-1252\n" in capsys.readouterr().out
    story.write_text(
        "Av dem som svarade var det tolv procent som inte ville, och sju av tio kvinnor. " * 3, encoding="utf-8"
    )
    main(["scan", str(story)])
    assert "the text is in a language of its own whose numbers in words" in capsys.readouterr().out


def test_places_are_written_into_the_register(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--write` fills in start and end, and says how many."""
    register = story.with_suffix(".toml")
    main(["scan", str(story), "--new"])
    written = register.read_text(encoding="utf-8")
    register.write_text(
        "\n".join(line for line in written.split("\n") if line[:5] not in ("start", "end  ")),
        encoding="utf-8",
    )
    capsys.readouterr()
    assert main(["scan", str(register), "--write"]) == 1
    assert capsys.readouterr().out.startswith(f"{register}: start and end of 2 quotes written\n")
    assert register.read_text(encoding="utf-8").count("start ") == 2
    register.unlink()
    assert main(["scan", str(story), "--write"]) == 2
    assert "story.txt: has no register; write one with `explore scan TEXT --new`" in capsys.readouterr().err


def test_the_document_is_complete_on_the_command_line(texts: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The command of the documentation ends with 0 and counts no open number."""
    assert main(["scan", "autostraddle-2015", "--texts", str(texts[0])]) == 0
    assert capsys.readouterr().out.endswith(" 0 open\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scan", "nowhere.txt"], "explore: nowhere.txt: there is no such file\n"),
        (
            ["scan", "nowhere.toml"],
            "explore: 1 mistake:\n  nowhere.toml: file: text: cannot be read: No such file",
        ),
        (["scan", "."], "explore: .: is a folder; name one text\n"),
        (["scan", "nowhere"], "explore: nowhere: there is no such file"),
        (["scan", "7 people"], "explore: 7 people: there is no such file"),
        (["scan", ""], "explore: text: is empty"),
        (["scan", "https://example.org/7.pdf"], "explore: https://example.org/7.pdf: is an address"),
        (["scan", "autostraddle-2015", "--texts", "nowhere"], "explore: nowhere: no such folder of texts"),
        (["audit", "--seeds", "nowhere"], "explore: nowhere: no such folder of registers"),
    ],
)
def test_a_mistake_is_one_message(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is wrong with what was given is said on standard error, without a traceback; the end is 2."""
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.err.startswith(message)
    assert told.out == ""


def test_the_audit_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`explore audit` prints a line a statistic, with its verdict."""
    assert main(["audit"]) == 0
    told = capsys.readouterr().out
    assert "autostraddle-2015/la-solicited" in told
    assert "mislabelled" in told


def test_registers_of_ones_own_are_audited_and_exported(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--seeds` names them; what is there already is kept, and the message names the command's own way out."""
    assert main(["audit", "--seeds", str(own), "--strict"]) == 0
    assert "gazette-2020/readers" in capsys.readouterr().out
    export = ["export", str(tmp_path / "out"), "--seeds", str(own)]
    assert main(export) == 0
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert capsys.readouterr().out == f"{len(files)} files written to {tmp_path / 'out'}\n"
    assert main(export) == 2
    told = capsys.readouterr().err
    assert "more exist already; give --overwrite to replace what is there, or take another folder" in told
    assert "overwrite=True" not in told
    assert main([*export, "--overwrite"]) == 0


def test_a_finding_that_no_longer_holds_is_named(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The audit says which findings fell, and ends with 1 where that is asked for."""
    register = own / "gazette-2020.toml"
    register.write_text(register.read_text("utf-8").replace("42% of all", "47% of all"), encoding="utf-8")
    assert main(["audit", "--seeds", str(own)]) == 0
    assert "finding gazette-2020/whose does not hold: " in capsys.readouterr().out
    assert main(["audit", "--seeds", str(own), "--strict"]) == 1


def test_the_module_runs_and_stops_with_its_reader(story: Path) -> None:
    """`python -m explore` works, and a closed pipe is no error."""
    story.write_text("7 people\n" * 20_000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "explore", "scan", str(story)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().startswith(b"line 1: 7 (count): 7 people ")
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_stopped_in_the_middle(tmp_path: Path) -> None:
    """Ctrl-C in a long export ends it in one line; what is there is whole, and the next export goes on."""
    folder = tmp_path / "all"
    command = [sys.executable, "-m", "explore", "export", str(folder)]
    # Whoever runs the tests in the background has told them to ignore the signal.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heed)  # noqa: PLW1509
    while running.poll() is None and len([*folder.glob("charts/*")]) < 5:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    told = running.communicate()[1]
    assert running.returncode == 130
    assert told.endswith("explore: stopped; the files written so far are whole\n")
    assert "Traceback" not in told
    written = [*folder.glob("charts/*")]
    assert 3 <= len(written) < 60
    assert not [path for path in folder.rglob("*") if path.name.endswith(".part")]
    endings = {".png": b"IEND", ".svg": b"</svg>", ".pdf": b"%%EOF", ".html": b"</html>", ".json": b"}", ".csv": b"\n"}
    for path in written:
        assert endings.get(path.suffix, b"") in path.read_bytes()[-40:]


TERMINALS = ["LC_ALL=C", "LC_ALL=C PYTHONUTF8=0 PYTHONIOENCODING=ascii", "PYTHONIOENCODING=cp1252"]
if not sys.executable.isascii():
    del TERMINALS[:2]  # Python itself does not start there: with letters of ASCII alone it cannot find its packages


@pytest.mark.parametrize("end", [">&-", "2>&-", ">&- 2>&- <&-", "> /dev/full", "| head -1"])
@pytest.mark.parametrize("terminal", TERMINALS)
def test_whatever_the_terminal_there_is_no_traceback(end: str, terminal: str, own: Path, tmp_path: Path) -> None:
    """Closed, full or of few letters: what can be said is said, and a file is written all the same."""
    (tmp_path / "story.txt").write_text("“42 % of 220 女” agreed.\n", encoding="utf-8")
    run = f"{terminal} {shlex.quote(sys.executable)} -m explore"
    for command in (f"audit --seeds {shlex.quote(str(own))}", f"scan {shlex.quote(str(tmp_path / 'story.txt'))} --new"):
        told = tmp_path / "told"
        done = subprocess.run(
            ["bash", "-c", f"({run} {command} {end}) 2> {shlex.quote(str(told))}; echo ${{PIPESTATUS[0]}}"],
            capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
        said = told.read_text("utf-8", errors="replace")
        assert "Traceback" not in said
        assert "Exception ignored" not in said
        assert done.stdout.split()[-1] == ("2" if "full" in end else "0" if "head" in end else done.stdout.split()[-1])
        assert "full" not in end or said == "explore: what it found could not be written: No space left on device\n"
    assert (tmp_path / "story.toml").is_file()


def test_a_text_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences and signs that turn the writing round are seen, not obeyed."""
    (tmp_path / "story.txt").write_text("\x1b[31m42% of \u202eall\x07 agreed.\n", encoding="utf-8")
    main(["scan", str(tmp_path / "story.txt")])
    main(["scan", str(tmp_path / "\x1b[31m.txt")])
    told = "".join(capsys.readouterr())
    assert "\\x1b[31m42% of \\u202eall\\x07 agreed." in told
    assert not {"\x1b", "\u202e", "\x07"} & {*told}


def test_an_edit_that_came_during_a_scan_is_kept(
    story: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--write` refuses where the register changed since it was read."""
    register = story.with_suffix(".toml")
    main(["scan", str(story), "--new"])
    text = register.read_text("utf-8")
    register.write_text("\n".join(line for line in text.split("\n") if line[:5] != "start"), encoding="utf-8")
    register.write_text(register.read_text("utf-8").replace("end  ", "#end "), encoding="utf-8")
    locate = coding.locate

    def slow(words: str, span: Span) -> tuple[int, int]:
        register.write_text(f"# mine\n{text}", encoding="utf-8")
        return locate(words, span)

    monkeypatch.setattr(coding, "locate", slow)
    assert main(["scan", str(register), "--write"]) == 2
    assert "story.toml: was changed meanwhile; nothing is written" in capsys.readouterr().err
    assert register.read_text("utf-8") == f"# mine\n{text}"
