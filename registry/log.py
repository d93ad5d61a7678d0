"""How the registry writes down what it does: a line per happening, for people or for programs.

Whoever has something to tell uses Python's own `logging`; what belongs to it goes into `extra`. Only here is
it decided how a line looks.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Final

import structlog

from registry.errors import printable

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

__all__ = ["about", "write_log"]

OURS: Final = ("registry", "federation")
"""Who is heard at the weight that the operator chose; from others come warnings only."""
REPEATING: Final = ("rdflib.term",)
"""Who repeats word for word what strangers wrote, such as an address that cannot be."""


def _harmless(_: object, __: str, facts: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Show what steers a screen or begins a new line as an escape; some of it comes from strangers."""
    return {name: printable(one) if isinstance(one, str) else one for name, one in facts.items()}


FACTS: Final = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _harmless,
)


def write_log(form: str, level: str) -> None:
    """Write the log to the error stream from now on.

    Args:
        form: `json` for one object a line, anything else for lines that people read.
        level: From which weight on something is written: debug, info, warning or error.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=FACTS,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(form)],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
    for name in REPEATING:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def about(**facts: str) -> AbstractContextManager[None]:
    """Add facts to every line that is written inside the block, in whichever thread that answers for it."""
    return structlog.contextvars.bound_contextvars(**facts)


def _rendering(form: str) -> tuple[structlog.typing.Processor, ...]:
    """Nothing of what a function held when it failed is written: it may be a stranger's."""
    if form == "json":
        return structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)
    return (
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        ),
    )
