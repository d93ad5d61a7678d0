"""`koepel serve`: the registry on the web, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from registry.home import Home

__all__ = ["add_to", "open_doors", "refuse_taken_port"]

LAST_WORDS = 5
"""Seconds that readers get beyond the longest query to take their answers, when the registry is stopped."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(serve)


def serve(
    host: Annotated[str | None, typer.Option(help="Listen on this address, not on KOEPEL_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Listen on this port, not on KOEPEL_PORT.")
    ] = None,
    harvest: Annotated[
        bool, typer.Option("--harvest", help="Also visit the sources, each in its own rhythm.")
    ] = False,
) -> None:
    """Show the registry on the web: pages, SPARQL and GraphQL.

    What other commands change meanwhile is shown within seconds.
    """
    from registry.cli.home import own_home
    from registry.settings import settings

    host, port = host or settings().host, port or settings().port
    refuse_taken_port(host, port)
    open_doors(own_home(), host, port, harvest=harvest)


def refuse_taken_port(host: str, port: int) -> None:
    """Tell before any work is done, not after it, that the registry could not be shown."""
    import socket

    from registry.errors import NotAllowedError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself will
        try:
            probe.bind((host, port))
        except OSError as error:
            raise NotAllowedError(
                "port-taken",
                "The registry cannot listen on port {port} of {host} ({reason}). Stop the program that uses "
                "it, or choose another port with KOEPEL_PORT.",
                port=port,
                host=host,
                reason=error.strerror or str(error),
            ) from error


def open_doors(home: Home, host: str, port: int, *, harvest: bool = False) -> None:
    """Serve a registry until somebody stops it; answers that are under way are finished first.

    With `harvest` it also keeps the rhythm of the visits to its sources.
    """
    from contextlib import nullcontext

    import uvicorn

    from federation.campaign.keeper import keeping
    from registry.cli.door import Door
    from registry.log import write_log
    from registry.settings import settings
    from registry.web.app import create_app

    chosen = settings()
    write_log(chosen.log_format, chosen.log_level)
    shown = f"[{host}]" if ":" in host else host
    told = f"The registry is open at http://{shown}:{port} (stop with Ctrl+C)"
    with keeping(home) if harvest else nullcontext():
        config = uvicorn.Config(
            create_app(home, chosen),
            host=host,
            port=port,
            access_log=False,  # the application writes a line of its own, without what readers asked
            log_config=None,
            proxy_headers=False,  # the application does that itself, for the proxies of its settings
            server_header=False,
            timeout_graceful_shutdown=int(chosen.query_seconds) + LAST_WORDS,
        )
        Door(config, told).serve_until_stopped()
