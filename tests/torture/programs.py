"""The programs of the servers that are started, and what to install where they are missing."""

import os
import pwd
import shutil
from pathlib import Path

PACKAGES = Path("/usr/lib/postgresql")
"""Where Debian keeps each version of PostgreSQL; its programs are on nobody's PATH."""
ACCOUNT = "postgres"
"""PostgreSQL refuses to run as root, so root starts it as this user."""


def postgres_program(name: str) -> str | None:
    """Return where a program of the newest PostgreSQL is."""
    newest_first = sorted(PACKAGES.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]), reverse=True)
    return next(map(str, newest_first), None) or shutil.which(name)


def as_nobody_special() -> list[str]:
    """Return the beginning of a command that PostgreSQL accepts to be started by."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--clear-groups"]


def missing(setup: str) -> list[str]:
    """Return what this machine lacks, each with what to install."""
    if setup == "embedded":
        return []
    wanted = {
        "initdb and postgres (Debian: apt install postgresql)": postgres_program("initdb"),
        "redis-server (Debian: apt install redis-server)": shutil.which("redis-server"),
    }
    if os.geteuid() == 0:
        wanted["setpriv (Debian: apt install util-linux)"] = shutil.which("setpriv")
        wanted[f"the account {ACCOUNT}, as PostgreSQL does not run as root"] = _account()
    return [name for name, found in wanted.items() if found is None]


def _account() -> str | None:
    try:
        return pwd.getpwnam(ACCOUNT).pw_name
    except KeyError:
        return None
