"""The server, which says that it is open when it is, and not before."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer
import uvicorn

if TYPE_CHECKING:
    import socket

__all__ = ["Door"]

NOT_STARTED = 3
"""The exit code of uvicorn's own command for a server that did not start."""


class Door(uvicorn.Server):
    """Serves an application until somebody stops it."""

    def __init__(self, config: uvicorn.Config, told: str) -> None:
        super().__init__(config)
        self._told = told

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and then say so."""
        await super().startup(sockets)
        if self.started:
            typer.echo(self._told)

    def serve_until_stopped(self) -> None:
        """Serve; end the program where that could not even begin."""
        self.run()
        if not self.started:
            sys.exit(NOT_STARTED)
