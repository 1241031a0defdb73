"""The process that opens PDFs: started for the first file, kept for the next ones, replaced when it dies.

A PDF is a program for drawing pages, read by a large library in C++. That it is fuzzed without end is why
it was chosen; that one file may still hang it, take all memory or kill it is why it runs beside the import:
its memory and its time have an end, and the file that meets it costs one line.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SECONDS = 120  # for one file; a page takes hundredths of one
LARGE = 20_000_000  # bytes of a file and its text behind which the process is not kept: it may be full
READY = b"PDF ready"
_LOCK = threading.Lock()
_running: dict[int, subprocess.Popen[bytes]] = {}  # by the process that started it: a fork starts its own


def installed() -> bool:
    """Whether the library that opens PDFs is there."""
    return find_spec("pypdfium2") is not None and find_spec("pypdfium2_raw") is not None


def extracted(data: bytes) -> dict[str, Any]:
    """What the worker answers for a file: pages, title, outline, or its "problem"."""
    with _LOCK:
        process = _process()
        if process is None:
            return {"problem": "start"}
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(SECONDS, end)
        timer.start()
        try:
            answer = _answer(process, data)
        finally:
            timer.cancel()
        if answer is None or len(data) + len(answer) > LARGE:
            stop()
        if answer is None:
            return {"problem": "time" if late.is_set() else "died"}
        found: dict[str, Any] = json.loads(answer)
        return found


def _answer(process: subprocess.Popen[bytes], data: bytes) -> bytes | None:
    """The bytes that the worker answers; None where it ended before that."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(len(data).to_bytes(8, "little"))
        process.stdin.write(data)
        process.stdin.flush()
        length = int.from_bytes(process.stdout.read(8), "little")
        answer = process.stdout.read(length)
    except OSError:
        return None
    return answer if length and len(answer) == length else None


def _process() -> subprocess.Popen[bytes] | None:
    """The worker; None where it cannot be started."""
    process = _running.get(os.getpid())
    if process is None or process.poll() is not None:
        worker = str(Path(__file__).with_name("worker.py"))
        process = subprocess.Popen(  # noqa: S603 -- this interpreter and a file of this package
            [sys.executable, "-P", worker],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        _running[os.getpid()] = process
        assert process.stdout is not None
        if process.stdout.read(len(READY)) != READY:
            stop()
            return None
    return process


@atexit.register
def stop() -> None:
    """Ends the process, if one was started here."""
    process = _running.pop(os.getpid(), None)
    if process is not None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
