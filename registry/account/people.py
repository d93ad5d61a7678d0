"""What operators do with accounts, and what owners of organisations may do with those who publish for them.

Operators create accounts and give roles, and decide on nobody's quality: to themselves they give no role at
all. Owners give and take the role of publisher for their own organisation, to themselves as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from registry.account.account import Account, add_account, close_account, erase_account, find_account
from registry.account.actor import Actor, Grant, Role
from registry.account.invitation import renew_invitation
from registry.errors import InvalidDataError, NotAllowedError

if TYPE_CHECKING:
    from registry.account.office import Office

__all__ = ["as_operator", "close", "create", "give_role", "invite", "withdraw_role"]

LONGEST_IRI: Final = 500
JUDGING: Final = frozenset({Role.ASSESSOR, Role.DECIDER})


def create(office: Office, actor: Actor, name: str, mail: str, language: str) -> tuple[Account, str]:
    """Create an account; gives it, and the code of the invitation with which somebody makes it theirs.

    Raises:
        NotAllowedError: Only operators do this.
        InvalidDataError: The name or the mail address is none, or has an account already.
    """
    as_operator(actor)
    with office.vault as vault, vault.writing():
        account = add_account(vault, office.address, name, mail, language, office.now())
        code = renew_invitation(office, vault, account)
        office.note(account.iri, actor, "create")
    return account, code


def invite(office: Office, actor: Actor, which: str) -> tuple[Account, str]:
    """Invite the holder of an account anew, for example when they have lost their device.

    Raises:
        NotAllowedError: Only operators do this, and not with an account that was closed.
        NotFoundError: There is no such account.
    """
    as_operator(actor)
    with office.vault as vault, vault.writing():
        account = _open_account(find_account(vault, which))
        code = renew_invitation(office, vault, account)
        office.note(account.iri, actor, "invite")
    return account, code


def give_role(office: Office, actor: Actor, which: str, role: Role, organisation: str = "") -> Grant:
    """Give an account a role for an organisation; one that it has already stays, and nothing is noted.

    Raises:
        NotAllowedError: The actor may not, or the account was closed.
        NotFoundError: There is no such account.
        InvalidDataError: The role needs an organisation that was not named, or needs none.
    """
    grant = _grant(role, organisation)
    with office.vault as vault, vault.writing():
        account = _open_account(find_account(vault, which))
        held = office.rights.of(account.iri)
        behalf = _check_right(actor, account, grant, held)
        if grant not in held:
            office.note(account.iri, actor, "grant", behalf, role=role.value, organisation=grant.organisation)
    return grant


def withdraw_role(office: Office, actor: Actor, which: str, role: Role, organisation: str = "") -> Grant:
    """Take a role from an account.

    Raises:
        NotAllowedError: The actor may not, or the account does not have it.
        NotFoundError: There is no such account.
    """
    grant = _grant(role, organisation)
    with office.vault as vault, vault.writing():
        account = find_account(vault, which)
        if not actor.may(Role.OPERATOR):
            _check_right(actor, account, grant, frozenset())
        if grant not in office.rights.of(account.iri):
            raise NotAllowedError(
                "role-not-held", "The account {account} does not have this role.", account=which
            )
        behalf = "" if actor.may(Role.OPERATOR) else grant.organisation
        office.note(account.iri, actor, "withdraw", behalf, role=role.value, organisation=grant.organisation)
    return grant


def close(office: Office, actor: Actor, which: str, *, erase: bool = False) -> Account:
    """Close an account: its roles, tokens and sessions end. With `erase`, all that tells who it was goes too.

    Raises:
        NotAllowedError: Only operators do this.
        NotFoundError: There is no such account.
    """
    as_operator(actor)
    with office.vault as vault:
        with vault.writing():
            account = find_account(vault, which)
            if not account.closed:
                close_account(vault, account, office.now())
                office.note(account.iri, actor, "close")
            if erase:
                erase_account(vault, account)
                office.note(account.iri, actor, "erase")
        if erase:
            vault.cleanse()
    return account


def as_operator(actor: Actor) -> None:
    """Let operators go on, and nobody else.

    Raises:
        NotAllowedError: The actor is none, or came with a token that does not lend this.
    """
    if not actor.may(Role.OPERATOR):
        raise NotAllowedError("operators-only", "Only operators of the registry may do this.")


def _check_right(actor: Actor, account: Account, grant: Grant, held: frozenset[Grant]) -> str:
    """Tell for whom the actor gives a role, if they may: the registry, or an organisation of theirs."""
    if actor.may(Role.OPERATOR) and actor.account != account.iri:
        return ""
    if grant.role is Role.PUBLISHER and actor.may(Role.OWNER, grant.organisation):
        _check_outsider(account, held)
        return grant.organisation
    if actor.may(Role.OPERATOR):
        raise NotAllowedError(
            "role-own", "Nobody gives themselves a role. Ask another operator, who can see why."
        )
    raise NotAllowedError(
        "role-not-yours",
        "Only operators give this role; owners give that of publisher, for their own organisation.",
    )


def _check_outsider(account: Account, held: frozenset[Grant]) -> None:
    """Keep owners from making those their own who judge them: who has a part in it can no longer decide."""
    if any(one.role in JUDGING for one in held):
        raise NotAllowedError(
            "role-of-judge",
            "The account {account} assesses or decides for a certifying body, and would no longer be free to "
            "judge. An operator can give it this role.",
            account=account.id,
        )


def _grant(role: Role, organisation: str) -> Grant:
    organisation = organisation.strip()
    if role is Role.OPERATOR:
        if organisation:
            raise InvalidDataError(
                "role-without-organisation", "An operator runs the registry; leave the organisation out."
            )
        return Grant(role)
    if not _is_iri(organisation):
        raise InvalidDataError(
            "role-needs-organisation",
            "Name the organisation for which the role holds by its IRI, as in https://example.org/#us.",
        )
    return Grant(role, organisation)


def _is_iri(text: str) -> bool:
    if not text.isprintable() or set(text) & set(' <>"{}|\\^`') or len(text) > LONGEST_IRI:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _open_account(account: Account) -> Account:
    if account.closed:
        raise NotAllowedError("account-closed", "The account {account} is closed.", account=account.id)
    return account
