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
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SECONDS = 120  # for one file; a page takes hundredths of one
_LOCK = threading.Lock()
_running: dict[int, subprocess.Popen[bytes]] = {}  # by the process that started it: a fork starts its own


@cache
def installed() -> bool:
    """Whether the library that opens PDFs is there."""
    return find_spec("pypdfium2") is not None and find_spec("pypdfium2_raw") is not None


def extracted(data: bytes) -> dict[str, Any]:
    """What the worker answers for a file: pages, title, outline, or its "problem"."""
    with _LOCK:
        process = _process()
        late = threading.Event()
        timer = threading.Timer(SECONDS, lambda: (late.set(), process.kill()))
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(len(data).to_bytes(8, "little"))
            process.stdin.write(data)
            process.stdin.flush()
            length = int.from_bytes(process.stdout.read(8), "little")
            answer = process.stdout.read(length)
        except OSError:
            length, answer = 0, b""
        finally:
            timer.cancel()
        if length and len(answer) == length:
            found: dict[str, Any] = json.loads(answer)
            return found
        stop()
        return {"problem": "time" if late.is_set() else "died"}


def _process() -> subprocess.Popen[bytes]:
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
    return process


@atexit.register
def stop() -> None:
    """Ends the process, if one was started here."""
    process = _running.pop(os.getpid(), None)
    if process is not None:
        process.kill()
        process.communicate()
