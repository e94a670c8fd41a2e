"""`python -m library.skos.child FORMAT PARENT`: a stranger's SKOS on its input, what it says on its
output, as JSON. It confines itself as a reader of documents does before it looks at a byte."""

from __future__ import annotations

import json
import os
import sys

from library.core.errors import InputError
from library.sandbox.confinement import confine
from library.skos import triples

MEMORY, SECONDS = 2**31, 30.0  # bytes of address space, seconds of processor time
WARMING = {
    "turtle": b"<urn:a> <urn:b> <urn:c> .",
    "xml": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "json-ld": b'{"@id": "urn:a", "urn:b": "c"}',
}


def main(format: str, parent: int) -> None:
    triples.parsed(WARMING[format], format)  # what is loaded late is loaded now
    code = [path for path in sys.path if path]
    confine(readable=code, memory=MEMORY, seconds=SECONDS, nice=5, parent=parent)
    try:
        said: object = {"facts": triples.parsed(sys.stdin.buffer.read(), format)}
    except InputError as problem:
        said = {"reason": problem.reason, "message": problem.message.json()}
    except MemoryError:
        os._exit(3)
    sys.stdout.buffer.write(json.dumps(said).encode())
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
