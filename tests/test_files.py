"""Safe writing: whatever happens, a file is the old one or the new one, whole, and nothing else is left."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from explore import files
from explore.terms import ExploreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLD, NEW = b"old " * 5_000, b"new " * 50_000

# Children write one of two contents over and over and are killed at any moment.
KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from explore import files
target, contents = Path(sys.argv[1]), [letter * 3_000_000 for letter in (b"a", b"b")]
files.write({target: contents[0]})
for _ in range(40):
    child = os.fork()
    if not child:
        while True:
            for content in contents:
                files.write({target: content}, overwrite=True)
    time.sleep(random.uniform(0.001, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if target.read_bytes() not in contents:
        sys.exit(f"torn: {target.stat().st_size} bytes")
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Give a file that exists, in a folder of its own."""
    path = tmp_path / "chart.png"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a file system of 64 kilobytes; where none can be made, a folder and a call that fails like one."""
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)],
        capture_output=True,
        check=False,
    )
    if made.returncode == 0:
        yield tmp_path
        subprocess.run(["umount", str(tmp_path)], check=True)
        return
    patch = pytest.MonkeyPatch()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    patch.setattr(os, "fsync", full)
    yield tmp_path
    patch.undo()


def alone(target: Path, content: bytes) -> bool:
    """Say whether a folder holds this one file with this content, and no half of another."""
    return list(target.parent.iterdir()) == [target] and target.read_bytes() == content


def test_existing_file_is_kept(target: Path) -> None:
    """Nothing is replaced unless that is asked for."""
    with pytest.raises(ExploreError, match=r"chart.png: exists already; pass overwrite=True to replace it"):
        files.write({target: NEW})
    assert alone(target, OLD)
    files.write({target: NEW}, overwrite=True)
    assert alone(target, NEW)


def test_all_or_none(target: Path) -> None:
    """Of several files none is written when one cannot be."""
    with pytest.raises(ExploreError, match="no such folder"):
        files.write({target: NEW, target.parent / "missing" / "a.csv": NEW}, overwrite=True)
    assert alone(target, OLD)


def test_full_disk(small_disk: Path) -> None:
    """A full disk gives one clear error, and the old file is whole."""
    target = small_disk / "chart.png"
    target.write_bytes(OLD)
    with pytest.raises(ExploreError, match=r"chart.png: the disk is full; free some space"):
        files.write({target: NEW}, overwrite=True)
    assert alone(target, OLD)


def test_largest_size_of_a_file(target: Path) -> None:
    """A limit on the size of files is explained like a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, before[1]))
    try:
        with pytest.raises(ExploreError, match="larger than this disk or user may hold"):
            files.write({target: NEW}, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert alone(target, OLD)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (errno.EACCES, "you may not write into this folder"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EDQUOT, "your share of the disk is used up"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_faults_are_explained(target: Path, monkeypatch: pytest.MonkeyPatch, fault: int, words: str) -> None:
    """Each fault of a disk or folder is named with what to do instead."""
    real = os.open

    def refusing(path: os.PathLike[str], flags: int, mode: int = 0o777) -> int:
        if flags & os.O_WRONLY:
            raise OSError(fault, os.strerror(fault))
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(ExploreError, match=words):
        files.write({target: NEW}, overwrite=True)
    monkeypatch.undo()
    assert alone(target, OLD)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="users are another matter here")
def test_read_only_folder(target: Path) -> None:
    """A folder that one may not write into is named as such, and what is in it stays."""
    for folder in [*target.parents][:3]:
        folder.chmod(0o755)
    root = os.geteuid() == 0
    target.parent.chmod(0o755 if root else 0o555)
    if root:
        os.seteuid(65534)  # nobody
    try:
        with pytest.raises(ExploreError, match="you may not write into this folder"):
            files.write({target: NEW}, overwrite=True)
    finally:
        if root:
            os.seteuid(0)
        target.parent.chmod(0o755)
    assert alone(target, OLD)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing/a.png", "there is no such folder"),
        ("chart.png/a.png", "a part of the path is a file"),
        ("folder.png", "is a folder; add a file name"),
        (f"{'x' * 300}.png", "the name is too long"),
    ],
)
def test_wrong_paths(target: Path, name: str, words: str) -> None:
    """A path that cannot be is named, with what to do instead."""
    (target.parent / "folder.png").mkdir()
    with pytest.raises(ExploreError, match=words):
        files.write({target.parent / name: NEW}, overwrite=True)
    assert sorted(path.name for path in target.parent.iterdir()) == ["chart.png", "folder.png"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        *((name, "leads out of the folder") for name in ("../a", "/etc/passwd", "a/../../b", "link/a")),
        ("circle/a", "its links go round in a circle"),
        ("a\0b", "holds a character that no file name can"),
    ],
)
def test_names_that_lead_out(tmp_path: Path, name: str, says: str) -> None:
    """A name in a folder cannot lead out of it, by dots, links or tricks."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "link").symlink_to(tmp_path)
    (home / "circle").symlink_to(home / "circle")
    with pytest.raises(ExploreError, match=says):
        files.inside(home, name)
    assert files.inside(home, "charts/a.png") == home / "charts" / "a.png"


def test_two_writers_one_file(tmp_path: Path) -> None:
    """Of many who write a new file at once one wins, the others are told, and the file is the winner's."""
    target = tmp_path / "chart.png"

    def attempt(number: int) -> bytes | None:
        content = bytes([number]) * 100_000
        try:
            files.write({target: content})
        except ExploreError as error:
            assert "exists already" in str(error)  # noqa: PT017
            return None
        return content

    with ThreadPoolExecutor(8) as pool:
        won = [content for content in pool.map(attempt, range(16)) if content]
    assert len(won) == 1
    assert alone(target, won[0])


def test_two_writers_who_replace(target: Path) -> None:
    """Of many who replace a file at once all end well, and the file is one of theirs, whole."""
    contents = [bytes([number]) * 100_000 for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: files.write({target: content}, overwrite=True), contents))
    assert any(alone(target, content) for content in contents)


def test_no_links_on_this_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file system knows no links, files are written all the same, and none is replaced."""

    def refusing(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(files, "_NAMELESS", 0)
    monkeypatch.setattr(os, "link", refusing)
    files.write({tmp_path / "a": NEW})
    assert alone(tmp_path / "a", NEW)
    monkeypatch.setattr(files, "check", lambda *_, **__: None)  # as if it had appeared just now
    with pytest.raises(ExploreError, match="exists already"):
        files.write({tmp_path / "a": OLD})
    assert alone(tmp_path / "a", NEW)


def test_interrupted(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopping the cell in the middle leaves the old file, and no half of the new one."""

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        files.write({target: NEW}, overwrite=True)
    assert alone(target, OLD)


def test_killed(tmp_path: Path) -> None:
    """Killed at any moment, a program leaves the old file or the new one, never a torn one, nor half of another."""
    target = tmp_path / "chart.png"
    done = subprocess.run([sys.executable, "-c", KILLED, str(target)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    files.write({target: NEW}, overwrite=True)
    assert alone(target, NEW)


def test_permissions_are_the_users(tmp_path: Path) -> None:
    """A new file may be read by whom the user's umask lets, not by its maker alone."""
    before = os.umask(0o022)
    try:
        files.write({tmp_path / "a": NEW})
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644


def test_mode_and_owner_are_kept(target: Path) -> None:
    """Who may read a file that is replaced stays as it was; a new one is made as the user makes files."""
    target.chmod(0o640)
    root = os.geteuid() == 0
    if root:
        os.chown(target, 65534, 65534)
    files.write({target: NEW, target.with_name("new"): NEW}, overwrite=True)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert not root or (target.stat().st_uid, target.stat().st_gid) == (65534, 65534)
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(target.with_name("new").stat().st_mode) == 0o666 & ~mask


def test_an_edit_that_came_meanwhile_is_kept(target: Path) -> None:
    """What somebody else wrote since a file was read is not written over."""
    files.write({target: NEW}, overwrite=True, was=OLD)
    with pytest.raises(ExploreError, match=r"chart.png: was changed meanwhile; nothing is written"):
        files.write({target: OLD}, overwrite=True, was=OLD)
    assert alone(target, NEW)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux swaps two files in one step")
@pytest.mark.parametrize("saved", ["in place", "by a rename"])
def test_an_edit_in_the_last_moment_is_kept(target: Path, monkeypatch: pytest.MonkeyPatch, saved: str) -> None:
    """What an editor saves between the last look and the writing is put back, and nothing is left beside it."""
    swap = files.swap
    edited = iter([b"edited"])

    def late(half: Path, path: Path) -> bool:
        for words in edited:
            place = path if saved == "in place" else path.with_name("saving")
            place.write_bytes(words)
            place.replace(path)
        return swap(half, path)

    monkeypatch.setattr(files, "swap", late)
    with pytest.raises(ExploreError, match="was changed meanwhile"):
        files.write({target: NEW}, overwrite=True, was=OLD)
    assert alone(target, b"edited")


def test_what_tells_of_a_file_never_tells_of_another(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped between two files, the old descriptor does not stand beside the new table."""
    table, about = target, target.with_name("about.json")
    about.write_bytes(OLD)
    link = os.link

    def stopped(half: str, path: Path, src_dir_fd: int | None = None) -> None:
        if path == about:
            raise KeyboardInterrupt
        link(half, path, src_dir_fd=src_dir_fd)

    monkeypatch.setattr(os, "link", stopped)
    with pytest.raises(KeyboardInterrupt):
        files.write({table: NEW, about: NEW}, overwrite=True)
    assert alone(table, NEW)


def test_a_disk_that_knows_only_files_with_a_name(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file cannot be without a name it has a hidden one, and nothing is left of it."""
    monkeypatch.setattr(files, "_NAMELESS", 0)
    files.write({target: NEW}, overwrite=True)
    assert alone(target, NEW)
    with pytest.raises(ExploreError, match="exists already"):
        files.write({target: OLD})
    assert alone(target, NEW)
