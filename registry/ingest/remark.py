"""A remark: something that the publisher should know, though the document is accepted."""

from dataclasses import dataclass, field

from registry.errors import fill

__all__ = ["Remark"]


@dataclass(frozen=True)
class Remark:
    """A piece of advice about a document, to be said in the reader's language.

    Like an error it has a stable code, an English template that is also the key of its translations, and the
    values that fill the template. Where `needs_person` is set, only a person can settle the matter.

    >>> Remark("graphs-merged", "{count} named graphs were merged.", {"count": 2}).message
    '2 named graphs were merged.'
    """

    code: str
    template: str
    params: dict[str, str | int] = field(default_factory=dict)
    needs_person: bool = False

    @property
    def message(self) -> str:
        """The remark in English."""
        return fill(self.template, self.params)
