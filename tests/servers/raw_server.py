"""A server that answers every request with the bytes, or the silence, that a test wants."""

import socket
import threading
from contextlib import contextmanager, suppress


class RawServer:
    """Accepts connections; `misbehave` gets each socket once a whole request was read."""

    def __init__(self, misbehave):
        self._misbehave = misbehave
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open = []
        self.over = threading.Event()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._open.append((connection, thread))
            thread.start()

    def _serve(self, connection):
        # A client that hangs up in the middle is part of the game.
        with connection, suppress(OSError):
            if read_request(connection):
                self._misbehave(connection, self.over)

    def close(self):
        self.over.set()
        # Wakes the thread that waits in accept().
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for connection, thread in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join()


def read_request(connection):
    """One whole request; empty where the client only looked whether anyone listens."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return b""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line[:15].lower() == b"content-length:"
        ),
        0,
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + body


def answer(body, status="200 OK", kind="application/json"):
    """A whole answer, as bytes."""
    body = body if isinstance(body, bytes) else body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def chunk(data):
    """One piece of a chunked answer."""
    data = data if isinstance(data, bytes) else data.encode()
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


STREAM = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
)
LAST = b"0\r\n\r\n"


@contextmanager
def raw_server(misbehave):
    """The address of a server; `misbehave` is bytes to send, or a function (socket, over)."""
    if isinstance(misbehave, bytes):
        data = misbehave

        def misbehave(connection, over):
            connection.sendall(data)

    server = RawServer(misbehave)
    try:
        yield server.url
    finally:
        server.close()


def unused_url():
    """An address at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"
