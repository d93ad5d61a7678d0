"""The registry's settings, read from the environment and from a file.

Each setting is one field below. Its variable is the field's name in capitals after `KOEPEL_`. In the file it
goes by the field's name: `koepel.toml` in the working folder, or the file that `KOEPEL_SETTINGS` names. Where
both speak, the environment wins.
"""

from __future__ import annotations

import os
from difflib import get_close_matches
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from registry.errors import InvalidDataError, NotFoundError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["Settings", "settings"]

PREFIX: Final = "KOEPEL_"
FILE_VARIABLE: Final = "KOEPEL_SETTINGS"
USUAL_FILE: Final = "koepel.toml"


def _several(value: object) -> object:
    """Take a text apart at commas and spaces: an environment knows no lists."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _web_addresses(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{value} is no web address")
    return values


def _own_address(value: str | None) -> str | None:
    return value and _web_addresses((value,))[0].rstrip("/")


def _web_address(value: str | None) -> str | None:
    return value and _web_addresses((value,))[0]


def _mail_server(value: str | None) -> str | None:
    if value and (urlsplit(value).scheme not in {"smtp", "smtps"} or not urlsplit(value).hostname):
        raise ValueError("a mail server begins with smtp:// or smtps:// and names a host")
    return value


def _networks(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        ip_network(value, strict=False)  # its message names what is wrong
    return values


Texts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_several)]
Addresses = Annotated[Texts, AfterValidator(_web_addresses)]
Networks = Annotated[Texts, AfterValidator(_networks)]


class Settings(BaseSettings):
    """Where the registry keeps its data, how far it goes for one reader, and how it tells what it does."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    home: Path = Field(Path("var"), description="Folder for the ledger, the graph and its snapshots.")
    ledger_url: str | None = Field(
        None, repr=False, description="Database of the ledger, for PostgreSQL; a file in the home if not set."
    )
    host: str = Field("127.0.0.1", description="Address on which the registry listens.")
    port: int = Field(8000, ge=1, le=65535, description="Port on which the registry listens.")
    address: Annotated[str | None, AfterValidator(_own_address)] = Field(
        None, description="Address at which the public finds this registry; http://host:port if not set."
    )
    name: str = Field("Koepel", min_length=1, max_length=100, description="Name of this registry.")
    trusted_proxies: Networks = Field(
        (), description="Addresses or networks of proxies whose X-Forwarded-For tells who is asking."
    )

    document_bytes: int = Field(5_000_000, ge=1, description="Largest document taken in, in bytes.")
    fetch_seconds: float = Field(20.0, gt=0, description="Longest time to fetch one document, in seconds.")
    allow_loopback: bool = Field(
        default=False, description="Development only: also fetch from this machine's own addresses."
    )
    keep_snapshots: int = Field(
        5, ge=1, description="How many snapshots without a name are kept; named ones always are."
    )

    harvest_at_once: int = Field(16, ge=1, le=256, description="How many sources are fetched at once.")
    host_at_once: int = Field(2, ge=1, description="How many of them from one server.")
    host_pause: float = Field(
        0.2, ge=0, description="Shortest time between two requests to one server, in seconds."
    )
    rhythm_hours: float = Field(
        24.0, gt=0, description="Usual time between two visits to a source, in hours."
    )
    loss_share: float = Field(
        0.5, gt=0, le=1, description="A document that loses more than this share of what it said is held."
    )
    loss_members: float = Field(
        0.3, gt=0, le=1, description="A list that loses more than this share of its members is held."
    )
    confirm_hours: float = Field(
        12.0, ge=0, description="How much later a second visit confirms such a loss, in hours."
    )
    feed_page: int = Field(250, ge=1, le=10_000, description="How many changes a page of the stream holds.")
    dump_keep: int = Field(7, ge=1, description="How many nightly dumps are kept.")
    smtp_url: Annotated[str | None, AfterValidator(_mail_server)] = Field(
        None,
        repr=False,
        description="Mail server, such as smtp://user:password@host:587; no mail if not set.",
    )
    mail_from: str | None = Field(None, description="Address from which mail is sent.")
    peer_seconds: float = Field(10.0, gt=0, description="Longest time for one peer's answer, in seconds.")
    peer_bytes: int = Field(20_000_000, ge=1, description="Largest answer of one peer, in bytes.")

    oidc_issuer: Annotated[str | None, AfterValidator(_web_address)] = Field(
        None, description="Provider of OpenID Connect at which people may sign in, by its issuer address."
    )
    oidc_client_id: str | None = Field(None, description="Name under which the provider knows this registry.")
    oidc_client_secret: str | None = Field(
        None, repr=False, description="Secret that the provider gave this registry, if it did."
    )
    oidc_name: str = Field(
        "OpenID", min_length=1, max_length=60, description="What people call that provider."
    )

    key_passphrase: str | None = Field(
        None,
        repr=False,
        min_length=8,
        description="Pass phrase of the keys that sign labels; the secret in the home if not set.",
    )

    query_seconds: float = Field(10.0, gt=0, description="Longest time for one SPARQL query, in seconds.")
    query_bytes: int = Field(20_000_000, ge=1, description="Largest answer to one SPARQL query, in bytes.")
    query_memory: int = Field(
        1_073_741_824,
        ge=1 << 26,
        description="Most memory for working on one SPARQL query, in bytes.",
    )
    query_workers: int = Field(4, ge=1, le=256, description="How many SPARQL queries run at the same time.")
    queries_per_client: int = Field(
        2, ge=1, description="How many of them one reader may have running at the same time."
    )
    query_characters: int = Field(
        1_000_000, ge=1, description="Longest SPARQL query that is read, in characters."
    )
    peers: Addresses = Field((), description="SPARQL addresses that a query may call with SERVICE.")

    graphql_depth: int = Field(12, ge=1, description="How deeply a GraphQL question may be nested.")
    graphql_aliases: int = Field(30, ge=0, description="How many aliases a GraphQL question may use.")
    graphql_tokens: int = Field(2_000, ge=1, description="Longest GraphQL question, in tokens.")
    graphql_cost: int = Field(
        20_000, ge=1, description="Highest cost of a GraphQL question: how many objects it may make, about."
    )
    graphql_page: int = Field(100, ge=1, description="Largest page of a GraphQL list.")

    ready_lag_seconds: float = Field(
        300.0,
        gt=0,
        description="How long the graph may lag behind the ledger in a registry that is ready.",
    )
    ready_age_hours: float = Field(
        48.0, gt=0, description="How old the last success of a harvest may be in a registry that is ready."
    )
    log_format: Literal["console", "json"] = Field(
        "console", description="How the log is written: console for people, json for programs."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="From which weight on something is written to the log."
    )
    log_clients: bool = Field(
        default=False,
        description="Write network addresses of readers to the log; they are personal data.",
    )

    @property
    def public_address(self) -> str:
        """The address at which readers and peers find this registry, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.address or f"http://{host}:{self.port}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment before the file, and nothing else."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _file())


@cache
def settings() -> Settings:
    """Read the settings once; a wrong one stops the start with a message that names it."""
    try:
        return Settings()
    except ValidationError as error:
        raise _complaint(error.errors()[0]) from error
    except (OSError, ValueError) as error:  # ValueError: what is no TOML, or no text
        raise InvalidDataError(
            "settings-file-broken",
            "The settings file {file} cannot be read: {reason}",
            file=str(_file()),
            reason=str(error),
        ) from error


def _file() -> Path | None:
    named = os.environ.get(FILE_VARIABLE)
    path = Path(named or USUAL_FILE)
    if path.is_file():
        return path
    if named:
        raise NotFoundError(
            "settings-file-missing",
            "There is no settings file {file}. Correct {variable}, or leave it out.",
            file=named,
            variable=FILE_VARIABLE,
        )
    return None


def _complaint(wrong: ErrorDetails) -> InvalidDataError:
    name = str(wrong["loc"][0])
    if wrong["type"] == "extra_forbidden":
        return _unknown(name)
    return InvalidDataError(
        "setting-wrong",
        "The setting {setting} cannot be {value}: {reason}. Change it, or leave it out.",
        setting=_place(name),
        value=repr(wrong["input"]),
        reason=wrong["msg"].removeprefix("Value error, "),
    )


def _place(name: str) -> str:
    """Say where a setting comes from, so that its reader looks in the right place."""
    variable = f"{PREFIX}{name}".upper()
    return variable if os.environ.get(variable) or not (file := _file()) else f"{name} ({file})"


def _unknown(name: str) -> InvalidDataError:
    known = sorted(Settings.model_fields)
    file = str(_file())
    nearest = get_close_matches(name.lower().removeprefix(PREFIX.lower()), known, n=1)
    if nearest:
        return InvalidDataError(
            "setting-unknown-near",
            "There is no setting {setting}, which stands in {file}. Did you mean {nearest}?",
            setting=name,
            file=file,
            nearest=nearest[0],
        )
    return InvalidDataError(
        "setting-unknown",
        "There is no setting {setting}, which stands in {file}. There are: {known}.",
        setting=name,
        file=file,
        known=", ".join(known),
    )
