"""Where in the world a forum may stand: at a public address, or where its own name first led. Nothing is asked of it.

A name is looked up again for every connection, so what was public at first can lead into a private network later.
"""

from enum import IntEnum, auto
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import AddressFamily

from aiohttp.abc import AbstractResolver, ResolveResult

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Where networks without IPv4 show its addresses, in the last four bytes (RFC 6052)."""


class AddressRefused(Exception):  # noqa: N818 - it says what happened to the address
    """A name is not the forum's, or leads to where the forum isn't."""


class Reach(IntEnum):
    """From where an address can be reached, the widest first."""

    PUBLIC = auto()
    PRIVATE = auto()
    LOOPBACK = auto()
    NOWHERE = auto()
    """Link-local, where clouds keep their secrets, multicast, unspecified, reserved: no forum stands there."""


def reach_of(address: str) -> Reach:
    """Return the reach of a network address; of one that holds another, the inner one's."""
    inner = _unwrapped(ip_address(address))
    if inner.is_loopback:
        return Reach.LOOPBACK
    if inner.is_unspecified or inner.is_multicast or inner.is_link_local or inner.is_reserved:
        return Reach.NOWHERE
    # Python takes the site-local addresses of old (fec0::/10) for public ones.
    if isinstance(inner, IPv6Address) and inner.is_site_local:
        return Reach.PRIVATE
    return Reach.PUBLIC if inner.is_global else Reach.PRIVATE


def can_hold_forum(host: str, *, public: bool = False) -> bool:
    """Tell whether a host of an address may be asked: a name (of which its lookup decides), or an address somewhere."""
    try:
        return reach_of(host) is Reach.PUBLIC if public else reach_of(host) is not Reach.NOWHERE
    except ValueError:
        return True


class HomeResolver(AbstractResolver):
    """Looks up one host, and no other.

    Where it is first found is its home: if that is public, it's never looked for nearer by; if it is private or
    loopback, as that of a forum on an intranet, it may stay so, unless its home must be `public`.
    """

    def __init__(self, host: str, resolver: AbstractResolver, *, public: bool = False) -> None:
        self._host = host.lower()
        self._resolver = resolver
        self._home: Reach | None = Reach.PUBLIC if public else None

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of the host that are as near as its home. Raises AddressRefused where none is."""
        if host.lower() != self._host:
            raise AddressRefused(host)
        found = [(reach_of(result["host"]), result) for result in await self._resolver.resolve(host, port, family)]
        if self._home is None:
            self._home = min((reach for reach, _ in found if reach is not Reach.NOWHERE), default=None)
        allowed = [result for reach, result in found if reach in {Reach.PUBLIC, self._home}]
        if not allowed:
            raise AddressRefused(host)
        return allowed

    async def close(self) -> None:
        """Close the resolver that is asked."""
        await self._resolver.close()


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, if it stands for one."""
    if isinstance(address, IPv4Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or address
