"""The signature: the vector of the W3C, two implementations of the same statements, and hostile documents."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld  # type: ignore[import-untyped, unused-ignore]

from registry.errors import InvalidDataError
from registry.label import proof
from registry.label.context import CREDENTIALS, load_context
from registry.label.keys.multibase import from_base58
from registry.label.proof import is_signed, signed, statements

Json = dict[str, Any]
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
VECTOR: Json = json.loads((Path(__file__).parent / "vectors" / "eddsa-rdfc-2022.json").read_text())


@pytest.fixture
def _examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know the context of the specification's examples, which we do not ship."""
    known = {EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}}
    monkeypatch.setattr(proof, "load_context", lambda one: known.get(one) or load_context(one))


@pytest.mark.usefixtures("_examples")
def test_the_vector_of_the_specification_is_reproduced() -> None:
    credential = {name: one for name, one in VECTOR["signed"].items() if name != "proof"}
    told = VECTOR["signed"]["proof"]
    key = Ed25519PrivateKey.from_private_bytes(from_base58(VECTOR["privateKeyMultibase"])[2:])

    ours = signed(credential, told["verificationMethod"], told["created"], key.sign)

    assert hashlib.sha256(statements(credential)).hexdigest() == VECTOR["documentHash"]
    assert ours["proof"] == told
    assert is_signed(ours, told, VECTOR["publicKeyMultibase"])


@pytest.mark.usefixtures("_examples")
def test_another_implementation_sees_the_same_statements() -> None:
    credential = {name: one for name, one in VECTOR["signed"].items() if name != "proof"}
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": proof._load}

    assert jsonld.normalize(credential, options) == statements(credential).decode()


@pytest.mark.parametrize(
    "value",
    ["", "z", "z" + "1" * 300, "u" + "A" * 86, "zO0Il", "z" + "2" * 88, "é", VECTOR["publicKeyMultibase"]],
)
@pytest.mark.usefixtures("_examples")
def test_what_is_no_signature_is_not_taken_for_one(value: str) -> None:
    told = {**VECTOR["signed"]["proof"], "proofValue": value}

    assert not is_signed(VECTOR["signed"], told, VECTOR["publicKeyMultibase"])


BASE: Json = {"@context": [CREDENTIALS], "type": ["VerifiableCredential"], "issuer": "did:web:a.example"}
HOSTILE: dict[str, Json] = {
    "unknown name": {"level": "https://a.example/gold"},
    "unknown type": {"type": ["VerifiableCredential", "Gold"]},
    "remote context": {"@context": [CREDENTIALS, "https://a.example/context"]},
    "imported context": {"@context": [CREDENTIALS, {"@import": "https://a.example/context"}]},
    "redefined word": {"@context": [CREDENTIALS, {"name": "https://a.example/#name"}]},
    "nameless node with a name": {"credentialSubject": {"id": "_:b0"}},
    "relative name": {"credentialSubject": {"id": "project"}},
    "name without a scheme": {"credentialSubject": {"id": "//a.example/project"}},
    "name on the way up": {"credentialSubject": {"id": "../project"}},
    "empty name": {"credentialSubject": {"id": ""}},
    "no context": {"@context": None},
    "context as number": {"@context": 7},
    "type as number": {"type": 7},
    "deep": {
        "@context": [CREDENTIALS, {"x": {"@id": "https://a.example/x", "@context": "https://a.example/c"}}]
    },
}


@pytest.mark.parametrize("change", HOSTILE)
def test_a_hostile_document_is_refused_without_a_network(change: str) -> None:
    with pytest.raises(InvalidDataError):
        statements({**BASE, **HOSTILE[change], "description": "d"} | ({"x": {}} if change == "deep" else {}))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (int("9" * 4_000), "credential-no-json-ld"),
        ([{"id": f"urn:a:{number}"} for number in range(2_000)], "credential-crowded"),
        ([[f"urn:a:{number}"] for number in range(2_000)], "credential-crowded"),
    ],
    ids=["huge number", "many things", "many lists"],
)
def test_what_would_take_too_long_is_refused_at_once(value: Any, code: str) -> None:
    with pytest.raises(InvalidDataError) as error:
        statements({**BASE, "credentialSubject": {"id": "urn:b", "http://schema.org/knows": value}})

    assert error.value.code == code


def test_a_riddle_of_nameless_things_is_refused_at_once() -> None:
    many = [{"type": "BitstringStatusListEntry"} for _ in range(12)]
    start = time.perf_counter()

    with pytest.raises(InvalidDataError) as error:
        statements({**BASE, "id": "urn:a", "credentialSubject": {"id": "urn:b"}, "credentialStatus": many})

    assert error.value.code == "credential-riddle"
    assert time.perf_counter() - start < 60
