"""Names of rows in addresses: drawn by lot, so that nobody can count rows or guess the next one."""

import secrets

TOKEN_LENGTH = 16


def public_token() -> str:
    """Return a name that no other row has."""
    return secrets.token_hex(TOKEN_LENGTH // 2)
