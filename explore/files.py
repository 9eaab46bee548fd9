"""Safe writing: a file is written whole or not at all, and no other file is lost."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from explore.terms import VOCABULARY, ExploreError, FileExists

if TYPE_CHECKING:
    from collections.abc import Mapping

_HALF = ".explore-{}.part"  # hidden, so that nobody takes half a file for a whole one


def write(files: Mapping[Path, bytes], *, overwrite: bool = False) -> None:
    """Write files whole or not at all: first beside their targets, then by an atomic rename.

    A reader never sees half a file, whenever the program stops. Without `overwrite` an existing file
    stays as it is, even if another program makes it meanwhile: of two writers one gets the error.

    Args:
        files: what to write, by path.
        overwrite: whether a file that exists may be replaced.

    Raises:
        ExploreError: a file exists, its folder is missing or may not be written to, the disk is full.

    >>> write({Path("no such folder/a.txt"): b"a"})
    Traceback (most recent call last):
    explore.terms.ExploreError: no such folder/a.txt: there is no such folder; make it first, ...
    """
    check(files, overwrite=overwrite)
    ready: dict[Path, Path] = {}
    target = Path()
    try:
        for target, data in files.items():
            ready[target] = half = target.with_name(_HALF.format(secrets.token_hex(8)))
            _fill(half, data)
        for target, half in ready.items():
            _put(half, target, overwrite=overwrite)
    except OSError as error:
        raise explained(target, error) from error
    finally:
        for half in ready.values():
            with suppress(OSError):
                half.unlink(missing_ok=True)


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
    path = folder / name
    try:
        out = "\0" in name or not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links that go round in a circle
        out = True
    if out:
        raise ExploreError(f"{name}: leads out of the folder {folder}; write a plain file name")
    return path


def _fill(half: Path, data: bytes) -> None:
    # Made by hand, not by tempfile, so that the user's own permissions (umask) hold.
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put(half: Path, target: Path, *, overwrite: bool) -> None:
    if not overwrite:
        try:
            os.link(half, target)  # unlike a rename, fails if the target exists
        except OSError:
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, "") from None
        else:
            return
    half.replace(target)  # on a file system without links a look and a rename is the best there is
