"""A signal asks threads to stop, and raises only where nothing can be held."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from library.cli.interrupts import SIGNALS, Interrupted, calmly, heed
from library.core.cancellation import Stopping
from library.sandbox import Stopped


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    """Signals as a command has them, and heard by nobody else.

    A command that another test ran in this process had bound it to end soon after a signal.
    """
    before = {number: signal.getsignal(number) for number in SIGNALS}
    told = signal.set_wakeup_fd(-1)
    heed()
    yield
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_stops_a_command_with_the_code_a_shell_gives_it(number: signal.Signals) -> None:
    with pytest.raises(Interrupted) as told:
        signal.raise_signal(number)
    assert told.value.exit_code == 128 + number


def test_while_threads_work_a_signal_is_noted_and_raised_at_the_end() -> None:
    stopping = Stopping()
    reached = False
    with pytest.raises(Interrupted) as told, calmly(stopping):
        signal.raise_signal(signal.SIGTERM)
        assert stopping.is_set()
        reached = True
        raise Stopped
    assert (reached, told.value.exit_code) == (True, 143)
    with pytest.raises(Interrupted):  # and afterwards as before
        signal.raise_signal(signal.SIGINT)


def test_work_that_stops_by_itself_is_no_signal() -> None:
    with pytest.raises(Stopped), calmly(Stopping()):
        raise Stopped
    with pytest.raises(ValueError, match="its own"), calmly(Stopping()):
        signal.raise_signal(signal.SIGINT)
        raise ValueError("its own")


def test_a_second_signal_ends_the_process_at_once() -> None:
    code = """if True:
        import signal, time
        from library.cli.interrupts import calmly
        from library.core.cancellation import Stopping
        with calmly(Stopping()):
            print("ready", flush=True)
            time.sleep(60)
    """
    running = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.send_signal(signal.SIGINT)
    assert "once more ends this at once" in running.stderr.readline()
    os.kill(running.pid, signal.SIGINT)
    running.communicate(timeout=30)
    assert running.returncode == 130


def test_who_sleeps_wakes_soon_after_it_is_asked_to_stop() -> None:
    stopping = Stopping()
    sleeper = threading.Thread(target=stopping.wait, args=(600.0,), daemon=True)
    sleeper.start()
    stopping.set()
    sleeper.join(timeout=60)
    assert not sleeper.is_alive()
