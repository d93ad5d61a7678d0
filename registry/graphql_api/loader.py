"""Reads from the graph for many objects of an answer at once.

Objects of one level of an answer ask for the same kind of thing at the same moment. Their questions are
gathered and put to the graph as one, so that a page of a hundred needs no more queries than a page of one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from rdflib import URIRef
from strawberry.dataloader import DataLoader

from registry.reading.account import Account, read_accounts, read_contents, read_homes
from registry.reading.award import Award, read_awards
from registry.reading.concept import read_codes, read_concepts
from registry.reading.edition import Edition
from registry.reading.governance import Governance, read_governances
from registry.reading.past import Past
from registry.reading.record import Record, read_records
from registry.reading.source import Source, read_quotes, read_sources
from registry.reading.standing import Standing, read_all_standings
from registry.reading.statement import Statements, read_all_statements

__all__ = ["Loaders"]

Key = TypeVar("Key")
Found = TypeVar("Found")
Several = tuple[URIRef, ...]


class Loaders:
    """One loader for each kind of question that objects of an answer ask; good for one request."""

    def __init__(self, edition: Edition) -> None:
        store = edition.store
        past = edition if isinstance(edition, Past) else None
        words = past.present if past else store
        standings = past.standings if past else partial(read_all_standings, store, edition.rulebook)
        self.records: DataLoader[URIRef, Record | None] = _loader(partial(read_records, store))
        self.governance: DataLoader[URIRef, Governance] = _loader(partial(read_governances, store))
        self.statements: DataLoader[URIRef, Statements] = _loader(partial(read_all_statements, store))
        self.standings: DataLoader[URIRef, tuple[Standing, ...]] = _loader(standings)
        self.awards: DataLoader[URIRef, tuple[Award, ...]] = _loader(partial(read_awards, store))
        self.homes: DataLoader[URIRef, Several] = _loader(partial(read_homes, store))
        self.accounts: DataLoader[URIRef, Account] = _loader(partial(read_accounts, store))
        self.contents: DataLoader[URIRef, Several] = _loader(partial(read_contents, store))
        self.sources: DataLoader[URIRef, Source | None] = _loader(partial(read_sources, store))
        self.quotes: DataLoader[URIRef, Several] = _loader(partial(read_quotes, store))
        self.codes: DataLoader[URIRef, Record | None] = _loader(partial(read_codes, words))
        self.concepts: DataLoader[URIRef, Several] = _loader(partial(read_concepts, words))


def _loader(read: Callable[[list[Key]], Mapping[Key, Found]]) -> DataLoader[Key, Found]:
    """Turn a function that reads many at once into a loader.

    It waits for the graph as it is, because each request has a thread of its own.
    """

    async def load(keys: list[Key]) -> list[Found]:
        found = read(keys)
        return [found[key] for key in keys]

    return DataLoader(load_fn=load)
