"""A server on which nothing ever changes, in a process of its own: `python -m tests.benchmarks.unchanged 9`.

It answers every request with 304, and one for robots.txt with 404, as cheaply as Python can, so that what is
measured is who asks. It does so on as many loopback addresses as it is told, prints them with their ports,
and ends when its input ends.
"""

import asyncio
import sys

NOT_CHANGED = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
END = b"\r\n\r\n"


class Unchanged(asyncio.Protocol):
    """Answers requests that have no body."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection, and what has arrived of a request."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._arrived = b""

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        *requests, self._arrived = (self._arrived + data).split(END)
        for request in requests:
            self._transport.write(NOT_FOUND if request.startswith(b"GET /robots.txt ") else NOT_CHANGED)


async def serve(sites: int) -> None:
    """Serve until the input ends."""
    loop = asyncio.get_running_loop()
    hosts = [f"127.0.{number // 250}.{number % 250 + 1}" for number in range(sites)]
    server = await loop.create_server(Unchanged, hosts, 0, backlog=128)
    for socket in server.sockets:
        sys.stdout.write("http://{}:{}\n".format(*socket.getsockname()))
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
