r"""The tokens of a query, read in one pass: enough to tell keywords from texts, and where brackets close.

Oxigraph takes a keyword for one wherever its letters stand, also glued to what follows: `SERVICEx:y` and
`FROM:g` are calls and clauses. So does the pattern here.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["TOKEN"]

#: The tokens of SPARQL 1.1, section 19.8, in which words mean nothing; what is left has a word in front.
TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
    | \"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
    | (?P<open>\"{3} | '{3})                               # a text without an end
    | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'?
    | <(?P<iri>[^<>"{}|^`\\\x00-\x20]*)>                    # IRI
    | [?$](?P<variable>\w+) | @[a-z]+(?:-[a-z0-9]+)*       # variable, language
    | (?P<word>[\w.-]+)(?:(?P<colon>:)[\w.:%\\-]*)?        # keyword, or the prefix of a name
    | :[\w.:%\\-]*
    | (?P<mark>\S)                                         # bracket, operator
    """,
    re.VERBOSE | re.DOTALL,
)
