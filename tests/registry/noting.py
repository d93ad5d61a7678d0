"""What a registry notes of a source beside the ledger, as harvests and messages do."""

from datetime import UTC, datetime
from pathlib import Path

from federation.notebook import Note, Notebook
from federation.notice.notify import tray_of
from federation.notice.tray import Channel, Letter, Mailbox, Tray
from registry.account.vault import Vault
from registry.companion import FOLDERS
from registry.home import Home

__all__ = ["NOON", "WHO_AGREED", "keep_companions", "note"]

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
WHO_AGREED = "0f" * 16
"""The digest of a mail address."""


def note(folder: Path, source: str, text: str = "") -> None:
    """Note a visit to a source, and what its publisher was told and said; the text is part of an address."""
    home = Home(folder)
    with Notebook(home.visits) as notebook:
        for moved in ("/before", "/after", ""):  # the earlier ones stay in the file until it is written anew
            notebook.write([Note(source, message=text * 20, final_address=f"{source}{moved}{text}")])
        notebook.hurry(source)
    with Tray(tray_of(home)) as tray:
        tray.put([Letter(Channel.MAIL, source, NOON)])
        tray.tell(Channel.INBOX, source, f"state {text}")
        tray.receive(f"Update {text}", source, NOON)
        tray.note(Mailbox(WHO_AGREED, confirmed=NOON))


def keep_companions(folder: Path, *sources: str) -> None:
    """Put all files beside a ledger that a registry may have there."""
    for source in sources:
        note(folder, source)
    (folder / "secret.key").write_text("5ec2e7", encoding="ascii")
    (folder / "secret.key").chmod(0o600)
    (folder / "registrations.txt").write_text("koepel-code-1\n", encoding="ascii")
    with Vault(folder):
        pass  # it is made when it is first opened
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o700, exist_ok=True)
        (folder / name / "1").write_bytes(b"sealed")
        (folder / name / ".half-written").write_bytes(b"sea")
