"""Safe writing: a file is written whole or not at all, and no other file is lost."""

import ctypes
import errno
import os
import secrets
import stat
import sys
from collections.abc import Mapping
from contextlib import ExitStack, nullcontext, suppress
from functools import lru_cache
from pathlib import Path

from explore.terms import VOCABULARY, ExploreError, FileExists

_HALF = ".explore-{}-{}.part"  # hidden, so that nobody takes half a file for a whole one
_SWAP = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
# How a file without a name is opened, where a system knows such and a way to give it one.
_NAMELESS = getattr(os, "O_TMPFILE", 0) if Path("/proc/self/fd").is_dir() else 0


def write(files: Mapping[Path, bytes], *, overwrite: bool = False, was: bytes | None = None) -> None:
    """Write files whole or not at all: first beside their targets, then by an atomic rename.

    A reader never sees half a file, whenever the program stops. Without `overwrite` an existing file
    stays as it is, even if another program makes it meanwhile: of two writers one gets the error. A file
    that is replaced keeps its mode and its owner. Of several files the last tells what is in the others:
    it is taken away before they are replaced, so that it never tells of others than those beside it.

    Args:
        files: what to write, by path.
        overwrite: whether a file that exists may be replaced.
        was: what stands in the files that are replaced; where that is no longer so, nothing is written.

    Raises:
        ExploreError: a file exists or was changed, its folder is missing or may not be written to, the disk is full.

    >>> write({Path("no such folder/a.txt"): b"a"})
    Traceback (most recent call last):
    explore.terms.ExploreError: no such folder/a.txt: there is no such folder; make it first, ...
    """
    check(files, overwrite=overwrite)
    target = Path()
    try:
        with ExitStack() as halves:
            ready: dict[Path, Path | int] = {}
            for target, data in files.items():
                ready[target] = _half(target, data, halves)
            if overwrite and len(files) > 1:
                target.unlink(missing_ok=True)
            for target, half in ready.items():
                _put(half, target, was, overwrite=overwrite)
    except OSError as error:
        raise explained(target, error) from error


def check(files: Mapping[Path, object] | list[Path], *, overwrite: bool) -> None:
    """Refuse targets that cannot be written, before any work is done for them."""
    taken = [path for path in files if not overwrite and os.path.lexists(path)]
    if len(taken) > 1:
        fix = "pass overwrite=True to replace them, or take another folder"
        raise FileExists(f"{taken[0]} and {len(taken) - 1} more exist already", fix)
    for path in files:
        try:
            if path.is_dir():
                fault = errno.EISDIR
            elif path in taken:
                fault = errno.EEXIST
            elif not path.parent.is_dir():
                fault = errno.ENOTDIR if path.parent.exists() else errno.ENOENT
            else:
                continue
        except OSError as error:
            raise explained(path, error) from error
        raise explained(path, OSError(fault, ""))


def explained(path: Path, error: OSError) -> ExploreError:
    """Return the error that says what is wrong with a path, and what to do instead."""
    if error.errno == errno.EEXIST:
        return FileExists(f"{path}: exists already", "pass overwrite=True to replace it, or take another name")
    known = VOCABULARY["faults"].get(errno.errorcode.get(error.errno or 0))
    return ExploreError(f"{path}: {known or error.strerror or 'cannot be written'}")


def named(path: str | os.PathLike[str]) -> Path:
    r"""Return a path as it is given; refuse one that no file can have, and links that go round in a circle.

    >>> named("a\0b")
    Traceback (most recent call last):
    explore.terms.ExploreError: 'a\x00b': holds a character that no file name can; write a plain one
    """
    try:
        Path(path).stat()
    except ValueError as error:  # a zero character, or half of one
        fault = f"{os.fspath(path)!r}: holds a character that no file name can"
        raise ExploreError(f"{fault}; write a plain one") from error
    except OSError as error:
        if error.errno in {errno.ENAMETOOLONG, errno.ELOOP}:
            raise explained(Path(path), error) from error
    return Path(path)


def make_folder(folder: Path) -> None:
    """Make a folder unless it is there; raise `ExploreError` where that cannot be done."""
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise ExploreError(f"{folder}: is a file; rename it, or name another folder") from error
    except OSError as error:
        raise explained(folder, error) from error


def inside(folder: Path, name: str) -> Path:
    """Return the path of `name` in a folder; refuse a name that leads out of it.

    >>> inside(Path("exports"), "../secrets.txt")
    Traceback (most recent call last):
    explore.terms.ExploreError: ../secrets.txt: leads out of the folder exports; write a plain file name
    """
    path = named(folder / name)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ExploreError(f"{name}: leads out of the folder {folder}; write a plain file name")
    return path


def _half(target: Path, data: bytes, halves: ExitStack) -> Path | int:
    """Write a file that has no name yet, so that nothing is left of it whenever the program stops.

    Where a disk knows only files with a name, it has a hidden one, which is taken away at the end.
    """
    try:
        half = os.open(target.parent if _NAMELESS else "", _NAMELESS | os.O_WRONLY, 0o666)
        file, named_half = halves.enter_context(os.fdopen(half, "wb")), None
    except OSError:
        named_half = _hidden(target, halves)
        # Made by hand, not by tempfile, so that the user's own permissions (umask) hold.
        file = os.fdopen(os.open(named_half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb")
    with file if named_half else nullcontext():
        with suppress(OSError, AttributeError):
            old = target.stat()
            os.fchmod(file.fileno(), stat.S_IMODE(old.st_mode))
            os.fchown(file.fileno(), old.st_uid, old.st_gid)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return named_half or half


def _hidden(target: Path, halves: ExitStack) -> Path:
    _sweep(target.parent)
    path = target.with_name(_HALF.format(os.getpid(), secrets.token_hex(8)))

    @halves.callback
    def _() -> None:
        with suppress(OSError):
            path.unlink(missing_ok=True)

    return path


@lru_cache(maxsize=64)
def _sweep(folder: Path) -> None:
    """Take away, once a folder, what programs left that were ended in the middle of a rename."""
    for path in folder.glob(_HALF.format("*", "*")) if os.name == "posix" else ():
        try:
            os.kill(int(path.name.split("-")[1]), 0)
        except ProcessLookupError:
            path.unlink(missing_ok=True)
        except (OSError, ValueError, OverflowError):
            continue


def _put(half: Path | int, target: Path, was: bytes | None, *, overwrite: bool) -> None:
    if not overwrite or not os.path.lexists(target):
        try:
            _link(half, target)  # unlike a rename, fails if the target exists
        except OSError:
            if not overwrite and os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, "") from None
        else:
            return
    if was is not None and target.read_bytes() != was:
        raise _changed(target)
    with ExitStack() as hidden:
        if isinstance(half, int):
            path = _hidden(target, hidden)
            _link(half, path)
            half = path
        if was is None or not swap(half, target):
            half.replace(target)  # where nothing can be swapped, a look and a rename is the best there is
            return
        if half.read_bytes() == was:
            return
        swap(half, target)  # somebody wrote in that very moment: theirs goes back, which needs no room on the disk
    raise _changed(target)


def _changed(target: Path) -> ExploreError:
    return ExploreError(f"{target.name}: was changed meanwhile; nothing is written, so begin again")


def swap(one: Path, other: Path) -> bool:
    """Exchange two files in one step, so that what took the place of another can be looked at and put back."""
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return _SWAP is not None and _SWAP(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


def _link(half: Path | int, target: Path) -> None:
    if isinstance(half, Path):
        os.link(half, target)
    else:
        os.link(f"/proc/self/fd/{half}", target, src_dir_fd=half)  # which makes Python follow the link to the file
