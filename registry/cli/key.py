"""`koepel key`: the keys with which certifying bodies sign labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.home import ActorOption, ReasonOption

if TYPE_CHECKING:
    from registry.label.issuer import Issuer

__all__ = ["add_to", "own_issuer"]

BodyArgument = Annotated[str, typer.Argument(metavar="BODY", help="The IRI of the certifying body.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(help="Make, list and retire the keys that sign labels.", no_args_is_help=True)
    group.command("create")(create)
    group.command("list")(show)
    group.command("retire")(retire)
    app.add_typer(group, name="key")


def own_issuer() -> Issuer:
    """Open the place where the labels of the own registry are signed."""
    from registry.certification.desk import Desk
    from registry.cli.home import own_home
    from registry.label.issuer import Issuer
    from registry.label.keys.keyring import Keyring
    from registry.settings import settings
    from registry.validation.standard import load_library

    chosen, home = settings(), own_home()
    ring = Keyring(home.folder, chosen.key_passphrase)
    return Issuer(Desk(home, load_library(), chosen.public_address), ring)


def create(body: BodyArgument, actor: ActorOption = "operator") -> None:
    """Make a key for a certifying body; it signs from now on, in the place of the one before."""
    from registry.errors import InvalidDataError
    from registry.label.keys.did import did_of
    from registry.label.keys.key import created, read_keys
    from registry.web.address import is_web_address

    if not is_web_address(body):
        raise InvalidDataError(
            "body-unfit",
            "{body} is no IRI of an organisation. Give one that begins with https://, as in the scheme.",
            body=body,
        )
    issuer = own_issuer()
    home = issuer.desk.home
    with home.writing():
        known = read_keys(home.ledger.acts())
        number = 1 + sum(map(len, known.values()))
        home.ledger.append(created(body, number, issuer.keyring.make(number), actor))
    typer.echo(f"created: key {number} of {body}, {did_of(issuer.desk.address, body)}")
    if issuer.keyring.borrows:
        typer.echo(_borrowed(), err=True)


def show() -> None:
    """List all keys, with the time in which they sign."""
    from registry.cli.output import deliver
    from registry.label.keys.key import read_keys

    known = read_keys(own_issuer().desk.caseload().events)
    keys = sorted((key for keys in known.values() for key in keys), key=lambda key: key.number)
    lines = [
        "  ".join(filter(None, (
            str(key.number), key.start.date().isoformat(), key.end.date().isoformat() if key.end else "…",
            "compromised" if key.compromised else "", key.body, key.public, key.reason,
        )))
        for key in keys
    ]  # fmt: skip
    deliver("\n".join(lines), None)


def retire(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The number of the key.")],
    reason: ReasonOption,
    compromised: Annotated[
        bool, typer.Option("--compromised", help="Somebody else may have it: nothing it signed counts.")
    ] = False,
    actor: ActorOption = "operator",
) -> None:
    """Let a key sign nothing new; what it signed stays valid, unless it is compromised.

    A body without another key cannot sign its status lists any more, so that its labels cannot be checked.
    """
    from registry.cli.language import reader_language
    from registry.label.issuer import keyless
    from registry.label.keys.key import find_key, read_keys, retired
    from registry.translation import explain

    home = own_issuer().desk.home
    with home.writing():
        known = read_keys(home.ledger.acts())
        key = find_key((key for keys in known.values() for key in keys), number)
        home.ledger.append(retired(key, reason, actor, compromised=compromised))
        left = read_keys(home.ledger.acts())[key.body]
    typer.echo(f"retired: key {number} of {key.body}")
    if all(one.end for one in left):
        typer.echo(explain(keyless(key.body), reader_language()), err=True)


def _borrowed() -> str:
    from registry.cli.language import reader_language
    from registry.translation import Translator

    _ = Translator("web", reader_language())
    return _(
        "There is no pass phrase in KOEPEL_KEY_PASSPHRASE, so the secret of this registry protects the key. "
        "Whoever has the folder of the registry, or a backup of it, can then sign labels."
    )
