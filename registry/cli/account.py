"""`koepel account`: who signs in, and what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from registry.account.actor import Role
from registry.cli.home import ActorOption
from registry.language import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from registry.account.account import Account
    from registry.account.actor import Grant
    from registry.account.office import Office

__all__ = ["add_to"]

AccountArgument = Annotated[str, typer.Argument(metavar="ACCOUNT", help="The number of the account.")]
RoleArgument = Annotated[Role, typer.Argument(metavar="ROLE", help=f"One of {', '.join(Role)}.")]
OrganisationArgument = Annotated[
    str, typer.Argument(metavar="ORGANISATION", help="The IRI of the organisation; none for an operator.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(help="Invite people, and say what they may do.", no_args_is_help=True)
    for command in (create, invite, grant, withdraw, token, revoke, close):
        group.command()(command)
    group.command("list")(show)
    app.add_typer(group, name="account")


def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the person or team.")],
    mail: Annotated[str, typer.Argument(metavar="MAIL", help="The mail address.")],
    language: Annotated[Language, typer.Option(help="The language in which we write to them.")] = Language.EN,
    actor: ActorOption = "operator",
) -> None:
    """Create an account, and show the invitation with which somebody makes it theirs."""
    from registry.account import people
    from registry.account.office import console

    office = _office()
    account, code = people.create(office, console(actor), name, mail, language.value)
    typer.echo(f"created: {account.id}")
    _show_invitation(office, account, code)


def invite(account: AccountArgument, actor: ActorOption = "operator") -> None:
    """Invite somebody anew, who has lost the password or the device."""
    from registry.account import people
    from registry.account.office import console

    office = _office()
    found, code = people.invite(office, console(actor), account)
    _show_invitation(office, found, code)


def grant(
    account: AccountArgument,
    role: RoleArgument,
    organisation: OrganisationArgument = "",
    actor: ActorOption = "operator",
) -> None:
    """Give an account a role for an organisation."""
    from registry.account import people
    from registry.account.office import console

    given = people.give_role(_office(), console(actor), account, role, organisation)
    typer.echo(f"granted: {_said(given)} to {account}")


def withdraw(
    account: AccountArgument,
    role: RoleArgument,
    organisation: OrganisationArgument = "",
    actor: ActorOption = "operator",
) -> None:
    """Take a role from an account."""
    from registry.account import people
    from registry.account.office import console

    taken = people.withdraw_role(_office(), console(actor), account, role, organisation)
    typer.echo(f"withdrawn: {_said(taken)} from {account}")


def token(
    account: AccountArgument,
    purpose: Annotated[str, typer.Option("--for", help="What the token is for.")],
    scope: Annotated[list[str] | None, typer.Option(help="What it may do: read, apply, assess, …")] = None,
    days: Annotated[int, typer.Option(help="For how many days it holds.")] = 90,
    actor: ActorOption = "operator",
) -> None:
    """Issue a token for a program, and show it for the only time."""
    from registry.account.account import find_account
    from registry.account.office import console
    from registry.account.token import issue

    office = _office()
    with office.vault as vault:
        found = find_account(vault, account)
    issued, secret = issue(office, console(actor), found, purpose, scope or ["read"], days)
    typer.echo(f"issued: {issued.id} until {issued.expires.date().isoformat()}", err=True)
    typer.echo(secret)


def revoke(
    account: AccountArgument,
    number: Annotated[str, typer.Argument(metavar="TOKEN", help="The number of the token.")],
    actor: ActorOption = "operator",
) -> None:
    """Make a token worthless."""
    from registry.account import token as tokens
    from registry.account.account import find_account
    from registry.account.office import console

    office = _office()
    with office.vault as vault:
        found = find_account(vault, account)
    tokens.revoke(office, console(actor), found, number)
    typer.echo(f"revoked: {number}")


def close(
    account: AccountArgument,
    erase: Annotated[
        bool, typer.Option("--erase", help="Also erase name and mail address, for good.")
    ] = False,
    actor: ActorOption = "operator",
) -> None:
    """Close an account: its roles, tokens and sessions end."""
    from registry.account import people
    from registry.account.office import console

    people.close(_office(), console(actor), account, erase=erase)
    typer.echo(f"{'erased' if erase else 'closed'}: {account}")


def show() -> None:
    """List the accounts, with their roles and the tokens that hold."""
    from registry.account.account import list_accounts
    from registry.account.token import list_tokens

    office = _office()
    with office.vault as vault:
        for account in list_accounts(vault):
            typer.echo(f"{account.id}  {_state(account):7}  {account.name} <{account.mail}>")
            _show(sorted(map(_said, office.rights.of(account.iri))))
            held = [one for one in list_tokens(vault, account) if one.holds(office.now())]
            _show(f"token {one.id}: {one.purpose}, until {one.expires.date()}" for one in held)


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(f"              {line}")


def _state(account: Account) -> str:
    if account.closed:
        return "closed"
    return "in use" if account.active else "invited"


def _said(grant: Grant) -> str:
    return f"{grant.role.value} for {grant.organisation}" if grant.organisation else grant.role.value


def _show_invitation(office: Office, account: Account, code: str) -> None:
    """Show the link on which somebody sets password and device, once and within seven days."""
    typer.echo(f"{office.address}/{account.language}/invitation/{code}")


def _office() -> Office:
    from registry.account.office import Office
    from registry.cli.home import own_home
    from registry.settings import settings

    return Office.of(own_home(), settings())
