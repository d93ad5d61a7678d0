"""Which addresses may be visited, and where a redirect may lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import httpx2

from registry.errors import NotAllowedError

if TYPE_CHECKING:
    from federation.fetch.policy import Policy

__all__ = ["host_of", "origin_of", "redirect", "web_address"]

PORTS: Final = {"http": 80, "https": 443}
USER: Final = re.compile(r"//[^/?#]*@")


def web_address(text: str, policy: Policy, base: httpx2.URL | None = None) -> httpx2.URL:
    """Read an address that may be visited: on the web, on a usual port, without a user name or password."""
    try:
        url = base.join(text) if base else httpx2.URL(text)
        url = url.copy_with(fragment=None) if "#" in text else url
    except (httpx2.InvalidURL, ValueError):  # the latter for halves of characters and of brackets
        url = httpx2.URL()
    port = url.port or PORTS.get(url.scheme)
    if url.scheme not in PORTS or not url.raw_host or not port or url.userinfo:
        raise NotAllowedError(
            "address-not-web",
            "{address} is not an address that documents are fetched from. Give one that begins with https:// "
            "and holds no user name or password.",
            address=USER.sub("//…@", text),
        )
    if port not in policy.ports and not policy.loopback:
        raise NotAllowedError(
            "port-not-allowed",
            "{address} uses the port {port}, and documents are fetched from the ports {ports} only. "
            "Publish the document on one of them.",
            address=str(url),
            port=port,
            ports=", ".join(map(str, sorted(policy.ports))),
        )
    return url


def redirect(here: httpx2.URL, location: str, policy: Policy) -> httpx2.URL:
    """Say where a redirect leads, unless it leaves the web or gives up encryption.

    >>> from federation.fetch.policy import Policy
    >>> redirect(httpx2.URL("https://buddy.example/a/b"), "../c", Policy())
    URL('https://buddy.example/c')
    """
    there = web_address(location, policy, here)
    if here.scheme == "https" and there.scheme == "http":
        raise NotAllowedError(
            "redirect-insecure",
            "{address} leads from an encrypted address to {location}, which is not encrypted. "
            "Let it lead to an address with https.",
            address=str(here),
            location=str(there),
        )
    return there


def host_of(url: httpx2.URL) -> str:
    """Name the server: encrypted or not, it is the same one, but another port is another server.

    >>> [host_of(httpx2.URL(text)) for text in ("https://buddy.example/a", "http://buddy.example:8080/")]
    ['buddy.example', 'buddy.example:8080']
    """
    return url.netloc.decode("ascii")


def origin_of(url: httpx2.URL) -> str:
    """Name the site to which one robots.txt applies (RFC 9309, section 2.3: scheme, host and port).

    >>> origin_of(httpx2.URL("https://buddy.example/profile.ttl"))
    'https://buddy.example'
    """
    return f"{url.scheme}://{host_of(url)}"
