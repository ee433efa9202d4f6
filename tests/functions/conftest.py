"""A real HTTP server on loopback that answers as the tests tell it to."""

import json
import threading
from collections import defaultdict
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest

from funcgemma.functions.context import Context
from funcgemma.functions.http import HttpClient


class LocalApi(ThreadingHTTPServer):
    """Answers by path; the replies of one path are used in order, the last one again and again."""

    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = defaultdict(list)
        self.requests = []
        self.released = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def reply(self, path, body=b"", *, status=200, headers=None, hang=False, missing_bytes=0):
        """Queue a reply; `body` is bytes, or a value to send as JSON, or made from the query."""
        self.replies[path].append((body, status, headers or {}, hang, missing_bytes))

    def asked(self, path):
        """The queries that came for a path."""
        return [query for asked, query, _ in self.requests if asked == path]

    def handle_error(self, request, client_address):
        """A client that hangs up early is part of some tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.server.requests.append((parts.path, query, dict(self.headers)))
        queue = self.server.replies.get(parts.path)
        if not queue:
            queue = [({"error": True, "reason": "no such path"}, 404, {}, False, 0)]
        body, status, headers, hang, missing = queue.pop(0) if len(queue) > 1 else queue[0]
        if hang:
            self.server.released.wait(30)
        body = body(query) if callable(body) else body
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + missing))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = bool(missing)

    def log_message(self, *args):
        """Tests are silent."""


@pytest.fixture
def api():
    server = LocalApi()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pauses():
    """The seconds the client wanted to sleep, instead of sleeping."""
    return []


@pytest.fixture
def http(pauses):
    with HttpClient(timeout=5, sleep=pauses.append) as client:
        yield client


@pytest.fixture
def make_context(api, http):
    """Builds a context whose sources are all on the local server."""
    settings = dict.fromkeys(("geocoding_url", "forecast_url", "air_quality_url"), api.url) | {
        f"{wiki}_url": f"{api.url}/{wiki}/{{language}}" for wiki in ("wikipedia", "wikivoyage")
    }

    def build(language="ja", now="2026-05-13T10:20:00+09:00", **changes):
        moment = datetime.fromisoformat(now)
        values = {"language": language, "http": http, "settings": settings} | changes
        return Context(now=lambda: moment, **values)

    return build


@pytest.fixture
def closed_port():
    """The address of a port that nobody listens on."""
    server = LocalApi()
    url = server.url
    server.server_close()
    return url
