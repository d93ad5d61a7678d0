"""The registry's settings, read from the environment.

Each setting is one field below; its variable is the field's name in capitals after `KOEPEL_`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from registry.errors import InvalidDataError

__all__ = ["Settings", "settings"]

PREFIX = "KOEPEL_"


class Settings(BaseSettings):
    """Where the registry keeps its data and how far it goes for one document or query."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    home: Path = Field(Path("var"), description="Folder for the ledger and the graph.")
    host: str = Field("127.0.0.1", description="Address on which the registry listens.")
    port: int = Field(8000, ge=1, le=65535, description="Port on which the registry listens.")
    document_bytes: int = Field(5_000_000, ge=1, description="Largest document taken in, in bytes.")
    fetch_seconds: float = Field(20.0, gt=0, description="Longest time to fetch one document, in seconds.")
    query_seconds: float = Field(10.0, gt=0, description="Longest time for one SPARQL query, in seconds.")
    query_bytes: int = Field(20_000_000, ge=1, description="Largest answer to one SPARQL query, in bytes.")
    allow_loopback: bool = Field(
        default=False, description="Development only: also fetch from this machine's own addresses."
    )


@cache
def settings() -> Settings:
    """Read the settings once; a wrong value stops the start with a message that names it."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        raise InvalidDataError(
            "setting-wrong",
            "The setting {setting} cannot be {value}: {reason}. Change it, or leave it out.",
            setting=f"{PREFIX}{wrong['loc'][0]}".upper(),
            value=repr(wrong["input"]),
            reason=wrong["msg"],
        ) from error
