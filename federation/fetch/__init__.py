"""Fetches documents from other people's servers, and sends messages to them, within limits."""

from federation.fetch.answer import Fetched
from federation.fetch.fetcher import Fetcher, fetch
from federation.fetch.location import redirect, web_address
from federation.fetch.policy import Policy

__all__ = ["Fetched", "Fetcher", "Policy", "fetch", "redirect", "web_address"]
