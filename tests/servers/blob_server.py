"""The part of Ollama's server that takes files and makes models of them."""

import json
from contextlib import contextmanager

from servers.plumbing import JsonHandler, running

DONE = ({"status": "parsing GGUF"}, {"status": "success"})


class BlobHandler(JsonHandler):
    """The part of Ollama's server that takes files and makes models of them."""

    known = ()
    answers = DONE
    status = 201

    def do_HEAD(self):  # noqa: N802
        self.send_response(200 if self.path.removeprefix("/api/blobs/") in self.known else 404)
        self.end_headers()

    def do_POST(self):  # noqa: N802
        if self.path == "/api/create":
            super().do_POST()
            return
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.uploads.append((self.path, data))
        self.send_json({"error": "no room"} if self.status >= 400 else {}, self.status)

    def route(self, method, path, body):
        self.bodies.append(body)
        lines = (json.dumps(answer) + "\n" for answer in self.answers)
        self.send_pieces(lines, "application/x-ndjson")


@contextmanager
def blob_server(**settings):
    """Yields its URL and its handler class, which keeps `uploads` and `bodies`."""
    state = {"uploads": [], "bodies": [], **settings}
    handler = type("Handler", (BlobHandler,), state)
    with running(handler) as url:
        yield url, handler
