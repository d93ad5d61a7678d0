"""The challenge: a question that only a server which was given the code can answer.

The registry invents a number that nobody has seen before and asks the site for it. A site that answers
everything alike, or repeats what it was asked, does not know the answer, which is made from the code and the
number together.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

__all__ = ["PATH", "answer", "fresh_nonce", "is_nonce"]

PATH: Final = "/.well-known/koepel-challenge/"
"""Where a site is asked; the number comes behind it."""
NONCE: Final = re.compile(r"[0-9a-f]{32}")


def fresh_nonce() -> str:
    """Invent a number for one try.

    >>> fresh_nonce() != fresh_nonce(), is_nonce(fresh_nonce())
    (True, True)
    """
    return secrets.token_hex(16)


def is_nonce(text: str) -> bool:
    """Tell whether a registry can have invented this number."""
    return NONCE.fullmatch(text) is not None


def answer(token: str, nonce: str) -> str:
    """Give the right answer: HMAC with SHA-256 over the number, with the code as its key, in hexadecimals.

    A shell can give it too: `printf %s "$nonce" | openssl dgst -sha256 -hmac "$code"`.

    >>> answer("c0de", "00000000000000000000000000000000")[:16]
    '5e7e01e65b6206dc'
    """
    return hmac.new(token.encode(), nonce.encode(), hashlib.sha256).hexdigest()
