"""Signs a credential, and checks a signature: Data Integrity with the cryptosuite `eddsa-rdfc-2022`.

What is signed are the statements of the credential and not its bytes, so that it may be stored and sent in
any order of its parts (Data Integrity EdDSA Cryptosuites 1.0, §3.2, <https://www.w3.org/TR/vc-di-eddsa/>).
A name that says nothing in its contexts would be signed by nobody, so it is an error here.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pyld import jsonld  # type: ignore[import-untyped, unused-ignore]

from registry.errors import InvalidDataError
from registry.formats import Format
from registry.ingest.canonical import canonicalise
from registry.label.context import load_context
from registry.label.keys.multibase import from_base58, public_key, to_base58

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Json = dict[str, Any]

__all__ = ["SUITE", "canonical_lines", "is_signed", "signed", "statements"]

SUITE: Final = "eddsa-rdfc-2022"
SIGNATURE_BYTES: Final = 64
MOST_ALIKE: Final = 4
"""So many nameless things may look alike: the time to tell them apart grows with the factorial of it."""
MOST_VALUES: Final = 2_000
"""So many values a credential may hold, several times those of the longest label: the time to read them grows
with the square of it."""


def signed(credential: Mapping[str, Any], method: str, created: str, sign: Callable[[bytes], bytes]) -> Json:
    """Add a proof to a credential.

    Args:
        credential: What is to be signed, without a proof.
        method: The address of the public key in the document of the issuer.
        created: When, as an XSD dateTimeStamp.
        sign: Signs bytes with the private key.
    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    value = to_base58(sign(_hashes(credential, proof)))
    return {**credential, "proof": {**proof, "proofValue": value}}


def is_signed(credential: Mapping[str, Any], proof: Mapping[str, Any], multikey: str) -> bool:
    """Tell whether a proof was made for a credential with the private part of a public key.

    Raises:
        InvalidDataError: The credential, or its proof, makes no sense as JSON-LD, or says something in
            words that its contexts don't know.
    """
    unsecured = {name: value for name, value in credential.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = from_base58(str(proof.get("proofValue", "")))
        key = Ed25519PublicKey.from_public_bytes(public_key(multikey))
    except ValueError:
        return False
    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        key.verify(signature, _hashes(unsecured, options))
    except InvalidSignature:
        return False
    return True


def statements(document: Mapping[str, Any]) -> bytes:
    """Give what a JSON-LD document states, as canonical N-Quads (RDFC-1.0).

    Raises:
        InvalidDataError: It makes no sense, a name in it means nothing, or it holds far too much.
    """
    _refuse_mass(document)
    _refuse_chosen_names(document)
    try:
        processor = jsonld.JsonLdProcessor(on_property_dropped=_refuse_name)
        lines = processor.to_rdf(document, {**OPTIONS, "format": Format.N_QUADS.media_type})
        quads = list(ox.parse(lines, ox.RdfFormat.N_QUADS))
    except (jsonld.JsonLdError, SyntaxError, *SENSELESS) as error:
        if isinstance(found := _cause(error), InvalidDataError):
            raise found from error
        raise InvalidDataError(
            "credential-no-json-ld",
            "The credential makes no sense as JSON-LD, so its signature cannot be checked.",
        ) from error
    _refuse_relative(quads)
    _refuse_riddles(quads)
    return canonicalise(ox.Dataset(quads))


def canonical_lines(text: str) -> bytes:
    r"""Bring statements into the one order and the one set of labels that RDFC-1.0 has for them.

    >>> canonical_lines("<b:b> <b:p> <b:o> .\n<a:a> <b:p> <b:o> .")[:6]
    b'<a:a> '
    """
    return canonicalise(ox.Dataset(ox.parse(text, ox.RdfFormat.N_QUADS)))


def _hashes(credential: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    """Give what is signed: the hash of the proof's options, then that of the credential (§3.2.4)."""
    options = {"@context": credential.get("@context"), **proof}
    return b"".join(hashlib.sha256(statements(one)).digest() for one in (options, credential))


SENSELESS: Final = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError)
"""What the library makes of values that it did not expect, such as a number with thousands of digits."""


def _load(address: str, _: object) -> Json:
    return {
        "contextUrl": None,
        "documentUrl": address,
        "document": load_context(address),
        "contentType": None,
    }


BASE: Final = "relative://here/"
"""What is no whole IRI is resolved against this, so that it shows: nothing else begins so."""
OPTIONS: Final = {"base": BASE, "documentLoader": _load, "processingMode": "json-ld-1.1"}


def _cause(error: BaseException) -> BaseException | None:
    """Find our own error beneath those that the library wraps around it."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, InvalidDataError):
        seen = getattr(seen, "cause", None) or seen.__cause__ or seen.__context__
    return seen


def _refuse_name(name: str | None) -> None:
    raise _unknown_name(str(name))


def _unknown_name(name: str) -> InvalidDataError:
    return InvalidDataError(
        "credential-name-unknown",
        "The credential says something under {name}, which none of its contexts explains; no signature "
        "would cover it.",
        name=name,
    )


def _refuse_mass(document: Mapping[str, Any]) -> None:
    """Refuse a document with more values than any label has."""
    count, rest = 0, list[Any]([document])
    while rest:
        part = rest.pop()
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        rest.extend(inner)
        count += 1
        if count > MOST_VALUES:
            raise InvalidDataError(
                "credential-crowded",
                "The credential holds more than {most} values, many more than any label does, and checking "
                "it would take too long.",
                most=MOST_VALUES,
            )


def _refuse_chosen_names(part: Any) -> None:
    """Refuse names of nameless things that somebody chose: as properties they would be dropped unseen."""
    match part:
        case str() if part.startswith("_:"):
            raise _unknown_name(part)
        case dict():
            for name, value in part.items():
                _refuse_chosen_names(name)
                _refuse_chosen_names(value)
        case list():
            for one in part:
                _refuse_chosen_names(one)


def _refuse_relative(quads: list[ox.Quad]) -> None:
    """Refuse names that are no whole IRIs: they would mean something else in another place."""
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, ox.NamedNode) and term.value.startswith(BASE.partition("/")[0]):
                raise _unknown_name(term.value.removeprefix(BASE))


def _refuse_riddles(quads: list[ox.Quad]) -> None:
    """Refuse a document in which many nameless things look alike at first sight (RDFC-1.0, §4.6.3)."""
    seen: dict[ox.BlankNode, list[str]] = {}
    for quad in quads:
        for node in {quad.subject, quad.object, quad.graph_name}:
            if isinstance(node, ox.BlankNode):
                seen.setdefault(node, []).append(_from_view(quad, node))
    alike = Counter(hashlib.sha256("\n".join(sorted(views)).encode()).digest() for views in seen.values())
    if any(count > MOST_ALIKE for count in alike.values()):
        raise InvalidDataError(
            "credential-riddle",
            "The credential holds more than {most} things without a name that look alike, and telling them "
            "apart would take too long.",
            most=MOST_ALIKE,
        )


def _from_view(quad: ox.Quad, node: ox.BlankNode) -> str:
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return " ".join(
        ("_:a" if term == node else "_:z") if isinstance(term, ox.BlankNode) else str(term) for term in terms
    )
