"""Who asks: what somebody who has signed in may see and do, always as it stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from registry.account.actor import Actor
from registry.certification.desk import Desk
from registry.certification.life.case import Case
from registry.certification.life.caseload import Caseload
from registry.errors import NotAllowedError
from registry.graphql_api.session import Asked, Frame
from registry.graphql_api.text import Language
from registry.scheme.scheme import Scheme

__all__ = ["Entry", "enter"]


@dataclass(frozen=True)
class Entry:
    """Somebody who has signed in, at the desk where cases are dealt with."""

    desk: Desk
    actor: Actor
    caseload: Caseload
    frame: Frame
    """The state that all but the cases is read from; the cases are those of this moment."""
    language: str
    """In which it is told what stands in the way."""

    def rules(self, case: Case) -> Scheme:
        """Give the text of its scheme by which a case goes."""
        return self.caseload.scheme(case)

    def reading(self) -> Entry:
        """Make sure that cases may be read.

        Raises:
            NotAllowedError: The token is for something else.
        """
        if not self.actor.reads:
            raise NotAllowedError(
                "token-reads-nothing",
                "This token does not let you read cases. Make one with the right to read.",
            )
        return self


def enter(info: Asked, languages: Sequence[Language] = ()) -> Entry:
    """Let somebody in who has signed in with a token.

    Raises:
        NotAllowedError: Nobody has signed in.
    """
    session = info.context
    if session.desk is None or not session.actor.account:
        raise NotAllowedError(
            "token-needed", "Only those who have signed in may do this. Send a token with the request."
        )
    caseload = session.desk.caseload()
    frame = replace(session.frame(languages), caseload=caseload)
    return Entry(session.desk, session.actor, caseload, frame, session.language)
