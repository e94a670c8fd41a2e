"""A process that has our readers loaded, and forks a child for each file that is to be read.

Starting Python and importing a reader takes longer than reading most files. The nursery does both
once. It never sees a file: a child takes the descriptors that came with its order, leaves all
others behind, and confines itself before it reads a byte (library/sandbox/confinement.py).

What children need that is the library's own, such as its vocabularies, is made here once, as an
order says, and all of them share it.

An order is its length, then JSON, with three descriptors: the child's input, its output, and a
socket of its own. On that the nursery answers with one line when the child has ended: exit status
and the most bytes it held. A word on it, or its end, kills the child; the end of the one that
orders ends the nursery and all its children.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import selectors
import signal
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NoReturn

from library.extractors import first, load

LENGTH = struct.Struct("!I")
DESCRIPTORS = 3
PR_SET_NAME = 15
NAME, CHILD = b"library-nursery", b"library-reader"  # in a list of processes
DESCRIPTORS_MOST = 65_536


@dataclass(slots=True)
class Nursery:
    """What is being waited for."""

    orders: socket.socket
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    children: dict[int, socket.socket] = field(default_factory=dict)  # by process id
    prepared: Any = None
    loaded: set[str] = field(default_factory=set)  # readers, which have read a document of ours

    def run(self) -> None:
        """Take orders until the one that gives them is gone; then end all children."""
        wake, waking = os.pipe()
        for end in (wake, waking):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        # A service manager tells every process of a service to end; ours are told by the one
        # that orders, which would take them for readers that broke.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        self.selector.register(wake, selectors.EVENT_READ)
        self.selector.register(self.orders, selectors.EVENT_READ)
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.orders:
                    order = taken(self.orders)
                    if order is None:
                        self._end()
                        return
                    self._begin(*order)
                elif key.fileobj == wake:
                    with suppress(BlockingIOError):
                        os.read(wake, 4096)
                    self._reap()
                elif key.data in self.children:
                    self.selector.unregister(key.fileobj)
                    kill(key.data)

    def _begin(self, task: dict[str, Any], descriptors: list[int]) -> None:
        given, out, own = descriptors
        wanted = task.pop("prepared", None)
        if wanted != self.prepared:
            try:
                load(wanted[0])(*wanted[1:])
            except Exception:  # who ordered it sees that no child begins
                for descriptor in descriptors:
                    os.close(descriptor)
                return
            self.prepared = wanted
        if function := task.get("function"):
            for needed in (function, *task.pop("beside", ())):
                with suppress(Exception):  # the child meets it again, and says so
                    load(needed)
                if needed not in self.loaded:
                    self.loaded.add(needed)
                    first.read(needed)
            gc.freeze()  # what is loaded is shared with children until somebody touches it
        line = socket.socket(fileno=own)
        try:
            child = os.fork()
        except OSError:  # no room for one more: who ordered it sees its line close
            line.close()
            return
        else:
            if child == 0:
                _live(task, given, out)
        finally:
            os.close(given)
            os.close(out)
        self.children[child] = line
        self.selector.register(line, selectors.EVENT_READ, child)

    def _reap(self) -> None:
        while self.children:
            try:
                child, status, used = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not child:
                return
            line = self.children.pop(child)
            with suppress(KeyError):
                self.selector.unregister(line)
            unit = 1 if sys.platform == "darwin" else 1024
            report = f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss * unit}\n"
            with suppress(OSError):
                line.sendall(report.encode())
            line.close()

    def _end(self) -> None:
        for child in self.children:
            kill(child)


def main(*, orders: int) -> None:
    """The nursery's life. orders: the descriptor of a socket."""
    _name(NAME)
    Nursery(socket.socket(fileno=orders)).run()


def send(orders: socket.socket, task: dict[str, Any], descriptors: list[int]) -> None:
    """Give an order. Raises OSError where nobody takes it."""
    body = json.dumps(task).encode()
    socket.send_fds(orders, [LENGTH.pack(len(body))], descriptors)
    orders.sendall(body)


def taken(orders: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """The next order; None when there will be no more."""
    try:
        head, descriptors, _, _ = socket.recv_fds(orders, LENGTH.size, DESCRIPTORS)
        body = _exactly(orders, LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""
    except OSError:
        return None
    if not body or len(descriptors) != DESCRIPTORS:
        return None
    task: dict[str, Any] = json.loads(body)
    return task, list(descriptors)


def kill(child: int) -> None:
    """End a child that was not waited for yet, and what is of its session."""
    try:
        os.killpg(child, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _live(task: dict[str, Any], given: int, out: int) -> NoReturn:
    """The life of a child: nothing of the nursery's stays open, then it does what it is to do."""
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_WRONLY)
        for descriptor, place in ((given, 0), (out, 1), (nothing, 2)):
            os.dup2(descriptor, place)
        os.closerange(3, DESCRIPTORS_MOST)
        _name(CHILD)  # from here on it has no more than what it was given
        os.chdir(task.pop("place"))
        module, _, name = task.pop("main").partition(":")
        getattr(import_module(module), name)(**task, parent=os.getppid())
    finally:
        os._exit(1)


def _exactly(source: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        piece = source.recv(length - len(parts))
        if not piece:
            return b""
        parts += piece
    return bytes(parts)


def _name(name: bytes) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_NAME, name, 0, 0, 0)
