"""Which addresses of the internet anyone may be sent to: public ones, and none that leads into a private network.

Owns the judgement of one address; a name is judged by all its addresses, where it is resolved (``fetch``).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# IPv6 addresses that carry an IPv4 address in their last 32 bits: what they carry is judged too (RFC 4291, 6052).
_CARRYING = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
# Ways into other networks whose end nobody can tell from the address (local NAT64, 6to4, Teredo), addresses of the site
# (deprecated), IPv4-compatible and IPv4-translated ones (RFC 8215, 3056, 4380, 3879, 4291, 2765).
_REFUSED = tuple(
    IPv6Network(network)
    for network in ("64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10", "::/96", "::ffff:0:0:0/96", "100::/64")
)
_UNICAST = IPv6Network("2000::/3")
"""All that is given out as global unicast (RFC 4291)."""
# Protocol assignments and the former relays of 6to4 (RFC 6890, 7526), which older Pythons take for global.
_REFUSED_4 = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))


def is_public(address: str) -> bool:
    """Tell whether this address may be connected to on anyone's word.

    >>> [is_public(one) for one in ("93.184.216.34", "127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254")]
    [True, False, False, False]
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.scope_id is not None or any(found in network for network in _REFUSED):
            return False
        if any(found in network for network in _CARRYING):
            return is_public(str(IPv4Address(int(found) & 0xFFFFFFFF)))
        if found not in _UNICAST:
            return False
    elif any(found in network for network in _REFUSED_4):
        return False
    return found.is_global and not (
        found.is_multicast
        or found.is_reserved
        or found.is_private
        or found.is_loopback
        or found.is_link_local
        or found.is_unspecified
    )
