"""`koepel case`: applications for labels, on behalf of an account; the same rules hold as everywhere else."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from registry.account.actor import Actor
    from registry.certification.desk import Desk
    from registry.certification.life.case import Case

__all__ = ["add_to"]

NumberArgument = Annotated[str, typer.Argument(metavar="NUMBER", help="The number of the case.")]
AsOption = Annotated[
    str, typer.Option("--as", metavar="ACCOUNT", help="The account that acts or looks, by its IRI or number.")
]
OnOption = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="The day, as in 2026-05-04; today if not said."),
]
WhyOption = Annotated[str, typer.Option("--reason", "-r", help="Why; after a grant everybody can read it.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(help="Follow applications for labels, and act in them.", no_args_is_help=True)
    group.command("list")(list_cases)
    group.command()(show)
    group.command()(state)
    group.command("open")(open_case)
    group.command()(act)
    app.add_typer(group, name="case")


def list_cases(account: AsOption, on: OnOption = None) -> None:
    """List the cases that an account is a party to, with their states on a day."""
    from registry.certification.sight import seen_cases

    desk = _desk()
    for case in seen_cases(desk, _actor(desk, account), _day(on)):
        typer.echo(f"{case.number}  {case.state:<14}  {case.subject}")


def show(number: NumberArgument, account: AsOption) -> None:
    """Tell what was done in a case, and what the account could do next."""
    from registry.certification.guard import offers
    from registry.certification.guard.said import LONGEST
    from registry.certification.sight import seen_case
    from registry.errors import printable

    desk = _desk()
    actor = _actor(desk, account)
    case = seen_case(desk, actor, number)
    _tell(case)
    for done in case.acts:
        why = printable(done.reason, LONGEST)
        typer.echo(f"  {done.on}  {done.name}{f': {why}' if why else ''}")
    for one in offers(desk, actor, case):
        typer.echo(f"  possible: {one.act}{f' - {_explain(one.refused)}' if one.refused else ''}")


def state(number: NumberArgument, account: AsOption, on: OnOption = None) -> None:
    """Tell where a case stood on a day."""
    from registry.certification.sight import seen_case

    desk = _desk()
    _tell(seen_case(desk, _actor(desk, account), number, _day(on)))


def open_case(
    subject: Annotated[str, typer.Argument(metavar="INITIATIVE", help="The IRI of the project.")],
    scheme: Annotated[str, typer.Argument(metavar="SCHEME", help="The IRI of the label scheme.")],
    account: AsOption,
    level: Annotated[str, typer.Option(help="The IRI of the level; the lowest if not said.")] = "",
    body: Annotated[str, typer.Option(help="The IRI of the body, where several may decide.")] = "",
    renews: Annotated[str, typer.Option(help="The number of the case whose label this one follows.")] = "",
    on: OnOption = None,
) -> None:
    """Begin an application for a label."""
    details = {"subject": subject, "scheme": scheme, "level": level, "body": body, "renews": renews}
    _conduct(account, "open", "", details, on)


def act(
    number: NumberArgument,
    act: Annotated[str, typer.Argument(metavar="ACT", help="What to do, such as submit or grant.")],
    account: AsOption,
    on: OnOption = None,
    reason: WhyOption = "",
    details: Annotated[
        str, typer.Option(metavar="JSON|@FILE", help="What belongs to the act, as a JSON object.")
    ] = "{}",
    file: Annotated[
        Path | None, typer.Option("--file", exists=True, dir_okay=False, help="A document to upload.")
    ] = None,
) -> None:
    """Do something in a case."""
    _conduct(account, act, number, _details(details), on, reason, file.read_bytes() if file else None)


def _conduct(
    account: str,
    act: str,
    number: str,
    details: dict[str, Any],
    on: datetime | None,
    reason: str = "",
    upload: bytes | None = None,
) -> None:
    from registry.certification.conduct import Order, conduct
    from registry.cli.home import show_readers

    desk = _desk()
    order = Order(act, _day(on) or desk.today(), reason, details)
    case = conduct(desk, _actor(desk, account), order, number, upload)
    show_readers(desk.home)
    _tell(case)


def _desk() -> Desk:
    from registry.certification.desk import Desk
    from registry.cli.home import own_home
    from registry.settings import settings
    from registry.validation.standard import load_library

    return Desk.of(own_home(), load_library(), settings())


def _actor(desk: Desk, named: str) -> Actor:
    """Give an account with all roles that the ledger says it has."""
    from registry.account.actor import Actor
    from registry.account.office import CONSOLE
    from registry.errors import NotFoundError

    iri = named if "/" in named else f"{desk.address}/account/{named}"
    granted = desk.caseload().grants.get(iri)
    if not granted:
        raise NotFoundError(
            "account-without-roles",
            "The account {account} has no role in this registry. Give it one first, or check how it is "
            "written.",
            account=named,
        )
    return Actor(iri, granted, CONSOLE)


def _details(told: str) -> dict[str, Any]:
    from registry.errors import InvalidDataError

    try:
        text = Path(told[1:]).read_text(encoding="utf-8") if told.startswith("@") else told
        details = json.loads(text)
    except (OSError, ValueError) as error:
        details, wrong = None, str(error)
    else:
        wrong = "{}"
    if not isinstance(details, dict):
        raise InvalidDataError(
            "details-not-json",
            "What is given with --details is no JSON object that can be read: {reason}.",
            reason=wrong,
        )
    return details


def _tell(case: Case) -> None:
    label = case.label
    until = f"  {label.level}  {label.valid_from} – {label.expires}" if label else ""
    typer.echo(f"{case.number}  {case.state}{until}")


def _explain(error: Any) -> str:
    from registry.cli.language import reader_language
    from registry.translation import explain

    return explain(error, reader_language())


def _day(on: datetime | None) -> date | None:
    return on.date() if on else None
