"""The made-up town of the tests of certification has a scheme."""

from tests.registry.certification.conftest import place

__all__ = ["place"]
