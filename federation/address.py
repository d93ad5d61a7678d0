"""Tells which network addresses lie on the public internet, where a publisher's server can be."""

import ipaddress
from collections.abc import Iterable

from registry.errors import NotAllowedError

__all__ = ["Address", "is_public", "vet"]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv6 hands out global addresses from here only (IANA); what else looks global is a tunnel or a translation.
GLOBAL_IPV6 = ipaddress.ip_network("2000::/3")
TRANSLATED_IPV4 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
# Addresses that Python's tables call global, though no publisher's server can be there.
NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # the host of a virtual machine at Azure
        "192.0.0.0/24",  # protocol assignments (RFC 6890); a cloud's metadata service lives there
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "2001::/23",  # protocol assignments (RFC 2928), Teredo among them
        "2002::/16",  # 6to4 (RFC 3056): carries any IPv4 address
        "3fff::/20",  # documentation (RFC 9637)
    )
)


def is_public(address: Address) -> bool:
    """Tell whether an address lies on the public internet, where a publisher's server can be.

    >>> [is_public(ipaddress.ip_address(text)) for text in ("8.8.8.8", "::ffff:127.0.0.1", "169.254.169.254")]
    [True, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in TRANSLATED_IPV4:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in GLOBAL_IPV6:
            return False
    special = address.is_multicast or any(address in network for network in NOT_PUBLIC)
    return address.is_global and not special


def vet(host: str, addresses: Iterable[Address], *, loopback: bool) -> tuple[Address, ...]:
    """Return the addresses of a host when every one of them is public, and refuse the host otherwise.

    One private address among public ones is a trick, not a mistake. The message does not repeat the address:
    a stranger could read the names of an inner network out of it.

    >>> vet("buddy.example", [ipaddress.ip_address("8.8.8.8")], loopback=False)
    (IPv4Address('8.8.8.8'),)
    """
    vetted = tuple(dict.fromkeys(addresses))
    if all(is_public(address) or (loopback and address.is_loopback) for address in vetted):
        return vetted
    raise NotAllowedError(
        "address-not-public",
        "{host} is not on the public internet, and documents are fetched from there only. "
        "Publish the document on a public site.",
        host=host,
    )
