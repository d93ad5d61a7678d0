"""In which order things are listed."""

from __future__ import annotations

from enum import Enum

import strawberry

from registry.reading.shelf import Order

__all__ = ["Direction", "InitiativeOrder", "InitiativeOrderField", "OrganisationOrder"]


@strawberry.enum(name="OrderDirection", description="Whether a list goes up or down.")
class Direction(Enum):
    """Up or down."""

    ASC = strawberry.enum_value("asc", description="From A to Z, from old to new.")
    DESC = strawberry.enum_value("desc", description="From Z to A, from new to old.")


@strawberry.enum(description="What initiatives can be put in order by.")
class InitiativeOrderField(Enum):
    """What initiatives can be put in order by."""

    NAME = strawberry.enum_value(Order.NAME.value, description="Their name, in the language of the answer.")
    CHANGED = strawberry.enum_value(Order.CHANGED.value, description="The last change to their description.")
    COUNTRY = strawberry.enum_value(
        Order.COUNTRY.value, description="Their country, by its name in the language of the answer."
    )


@strawberry.input(description="An order for initiatives.")
class InitiativeOrder:
    """An order for initiatives."""

    field: InitiativeOrderField = strawberry.field(
        default=InitiativeOrderField.NAME, description="What they are put in order by."
    )
    direction: Direction = strawberry.field(default=Direction.ASC, description="Up or down.")

    @property
    def order(self) -> Order:
        """The same for the catalogue."""
        return Order(str(self.field.value))

    @property
    def backwards(self) -> bool:
        """Whether that is against the usual order, which puts the newest first and everything else from A."""
        return (self.direction is Direction.DESC) is not (self.order is Order.CHANGED)


@strawberry.input(description="An order for organisations, which stand by name.")
class OrganisationOrder:
    """An order for organisations."""

    direction: Direction = strawberry.field(default=Direction.ASC, description="Up or down.")

    @property
    def backwards(self) -> bool:
        """Whether that is against the usual order."""
        return self.direction is Direction.DESC
