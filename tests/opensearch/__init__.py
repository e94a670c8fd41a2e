"""A node of OpenSearch of one's own: Maven brings what it is made of, Java runs it.

Begun when it is first asked for, it listens on this computer alone, keeps all in a temporary folder
and ends with the process. What Maven brought is kept for the next time in
`~/.cache/worker-education-library`, or in the folder that LIBRARY_TEST_CACHE names.

`python -m tests.opensearch [NODES] [HEAP]` begins one, or a cluster of several, and waits.
"""

from __future__ import annotations

import atexit
import ctypes
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests import needs

HERE = Path(__file__).parent
HEAP = "512m"
PATIENCE = 120.0  # seconds that a node may take to begin
RESOLVING = 600  # seconds that Maven may take


@dataclass(frozen=True, slots=True)
class Node:
    """A node that runs."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def setting(self, name: str, options: str = "") -> str:
        """What LIBRARY_ENGINE is for a library of this name in it."""
        return f"opensearch+http://{self.address}/{name}{options}"

    def ask(self, method: str, path: str, body: object = None) -> object:
        """What it answers."""
        asked = urllib.request.Request(
            f"http://{self.address}{path}",
            json.dumps(body).encode() if body is not None else None,
            {"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.loads(answer.read() or b"null")


@cache
def jars() -> Path:
    """The folder of what a node is made of; brought by Maven where it is not here yet."""
    pom = HERE / "pom.xml"
    kept = os.environ.get("LIBRARY_TEST_CACHE") or Path.home() / ".cache/worker-education-library"
    folder = Path(kept) / f"opensearch-{_sum(pom, HERE / 'TestNode.java')}"
    if (folder / "TestNode.class").is_file():
        return folder
    maven, compiler = needs.command("mvn"), needs.command("javac")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        made = Path(beside) / "made"
        brought = subprocess.run(
            [maven, "-q", "-B", "-f", pom, "dependency:copy-dependencies",
             f"-DoutputDirectory={made}"],
            cwd=beside, capture_output=True, text=True, timeout=RESOLVING, check=False,
        )  # fmt: skip
        if brought.returncode:
            needs.absent(f"Maven brings no OpenSearch: {brought.stdout.strip()[-300:]}")
        subprocess.run(
            [compiler, "-cp", f"{made}/*", "-d", made, HERE / "TestNode.java"],
            check=True, capture_output=True,
        )  # fmt: skip
        if not folder.exists():
            made.rename(folder)
    return folder


def _sum(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


@cache
def node() -> Node:
    """One node, which all tests of a process share."""
    return begun(1)[0]


def begun(count: int, heap: str = HEAP) -> Sequence[Node]:
    """A cluster of so many nodes, ready. Each is a process of its own."""
    java, folder = needs.command("java"), jars()
    memory = Path("/dev/shm")  # where there is such a thing, nobody waits for a disk
    place = memory if os.access(memory, os.W_OK) else None
    home = Path(tempfile.mkdtemp(prefix="opensearch-", dir=place))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    ports = [_free() for _ in range(2 * count)]
    names = [f"node{number}" for number in range(count)]
    others = ",".join(f"127.0.0.1:{port}" for port in ports[count:])
    made = []
    for number, name in enumerate(names):
        settings = [
            "cluster.name=library", f"node.name={name}", f"http.port={ports[number]}",
            f"transport.port={ports[count + number]}",
            # What a laptop has left of its disk is nothing to the tests.
            "cluster.routing.allocation.disk.threshold_enabled=false",
        ]  # fmt: skip
        if count == 1:
            settings.append("discovery.type=single-node")
        else:
            settings.append(f"discovery.seed_hosts[]={others}")
            settings.append(f"cluster.initial_cluster_manager_nodes[]={','.join(names)}")
        with (home / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [java, f"-Xms{heap}", f"-Xmx{heap}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                 "-Dlog4j2.disable.jmx=true",
                 f"-Dlog4j.configurationFile={HERE / 'log4j2.properties'}",
                 "-cp", f"{folder}:{folder}/*", "TestNode", home / name, *settings],
                stdout=log, stderr=log, cwd=home, preexec_fn=_end_with_who_began_it,
            )  # fmt: skip
        atexit.register(process.wait)
        atexit.register(process.kill)
        made.append(Node(ports[number], process))
    until = time.monotonic() + PATIENCE
    while not _ready(made):
        if any(one.process.poll() is not None for one in made) or time.monotonic() > until:
            logs = "\n".join(file.read_text(errors="replace") for file in home.glob("*.log"))
            raise RuntimeError(f"no OpenSearch: {logs[-4000:]}")
        time.sleep(0.2)
    return made


def _ready(nodes: Sequence[Node]) -> bool:
    try:
        health = nodes[0].ask("GET", f"/_cluster/health?wait_for_nodes={len(nodes)}&timeout=1s")
    except (urllib.error.URLError, OSError, ValueError):
        return False
    return isinstance(health, dict) and health.get("number_of_nodes") == len(nodes)


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _end_with_who_began_it() -> None:
    """Let a node end at once when the tests do, however they end (prctl(2))."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
