"""Typed readers of the environment. A bad value stops the start with a sentence; an empty environment works."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()


def generated_key(path: Path) -> str:
    """Return the secret kept at ``path``, made on first use and readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    key = path.read_text().strip()
    if not key:
        raise ImproperlyConfigured(f"{path} is empty. Delete it and start again, or set SECRET_KEY.")
    return key


def choice(name: str, *, default: str, allowed: tuple[str, ...]) -> str:
    """Return the value of ``name``, which must be one of ``allowed``."""
    value: str = env.str(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is '{value}'. It must be one of: {', '.join(allowed)}.")
    return value
