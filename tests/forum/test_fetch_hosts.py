"""Where a forum may stand, and what happens to a name that leads elsewhere."""

from ipaddress import IPv4Address

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forum.fetch import Fetcher, PageUnread, fetching
from bot.forum.hosts import AddressRefused, HomeResolver, Reach, can_hold_forum, reach_of
from tests.forum.host import MANNERS, NAME, Names, hosting, html, opened

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        (PUBLIC, Reach.PUBLIC),
        ("2606:4700::6810:1", Reach.PUBLIC),
        ("::ffff:93.184.215.14", Reach.PUBLIC),
        ("64:ff9b::5db8:d70e", Reach.PUBLIC),
        ("10.0.0.1", Reach.PRIVATE),
        ("172.16.3.4", Reach.PRIVATE),
        ("192.168.178.1", Reach.PRIVATE),
        ("100.64.0.1", Reach.PRIVATE),
        ("198.18.0.1", Reach.PRIVATE),
        ("fd00::1", Reach.PRIVATE),
        ("fec0::1", Reach.PRIVATE),
        ("2001:0:1::1", Reach.PRIVATE),
        ("::ffff:10.0.0.1", Reach.PRIVATE),
        ("64:ff9b::a00:1", Reach.PRIVATE),
        ("2002:a00:1::", Reach.PRIVATE),
        ("127.0.0.1", Reach.LOOPBACK),
        ("127.8.9.1", Reach.LOOPBACK),
        ("::1", Reach.LOOPBACK),
        ("::ffff:127.0.0.1", Reach.LOOPBACK),
        ("64:ff9b::7f00:1", Reach.LOOPBACK),
        ("2002:7f00:1::", Reach.LOOPBACK),
        ("169.254.169.254", Reach.NOWHERE),
        ("::ffff:169.254.169.254", Reach.NOWHERE),
        ("fe80::1", Reach.NOWHERE),
        ("fe80::1%eth0", Reach.NOWHERE),
        ("0.0.0.0", Reach.NOWHERE),  # noqa: S104
        ("::", Reach.NOWHERE),
        ("::127.0.0.1", Reach.NOWHERE),
        ("224.0.0.1", Reach.NOWHERE),
        ("ff02::1", Reach.NOWHERE),
        ("240.0.0.1", Reach.NOWHERE),
        ("255.255.255.255", Reach.NOWHERE),
    ],
)
def test_the_reach_of_an_address_is_known(address: str, reach: Reach) -> None:
    assert reach_of(address) is reach


@given(st.integers(0, 2**32 - 1))
def test_an_address_in_another_has_its_own_reach(number: int) -> None:
    inner = IPv4Address(number)
    assert reach_of(f"::ffff:{inner}") is reach_of(f"64:ff9b::{inner}") is reach_of(str(inner))


@pytest.mark.parametrize(
    ("host", "can"), [(NAME, True), ("127.0.0.1", True), ("10.1.2.3", True), ("::1", True), ("169.254.169.254", False)]
)
def test_a_forum_stands_at_a_name_or_at_an_address_somewhere(host: str, can: bool) -> None:
    assert can_hold_forum(host) is can


async def found(resolver: HomeResolver, host: str = NAME) -> list[str]:
    return [result["host"] for result in await resolver.resolve(host, 80)]


async def test_a_public_forum_is_never_looked_for_nearer_by() -> None:
    resolver = HomeResolver(NAME, Names([PUBLIC], ["127.0.0.1"], ["10.0.0.1"], ["::ffff:10.0.0.1"], ["1.1.1.1"]))
    assert await found(resolver) == [PUBLIC]
    for _ in range(3):
        with pytest.raises(AddressRefused):
            await found(resolver)
    assert await found(resolver) == ["1.1.1.1"]


async def test_of_many_addresses_those_are_used_that_are_as_near_as_the_widest() -> None:
    resolver = HomeResolver(NAME, Names(["10.0.0.1", PUBLIC, "169.254.169.254"]))
    assert await found(resolver) == [PUBLIC]


@pytest.mark.parametrize(("home", "other"), [("10.0.0.1", "127.0.0.1"), ("127.0.0.1", "10.0.0.1")])
async def test_a_forum_on_an_intranet_stays_there(home: str, other: str) -> None:
    resolver = HomeResolver(NAME, Names([home], [home], [other], ["169.254.169.254"]))
    assert await found(resolver) == await found(resolver) == [home]
    for _ in range(2):
        with pytest.raises(AddressRefused):
            await found(resolver)


async def test_a_name_that_leads_nowhere_at_first_is_refused() -> None:
    with pytest.raises(AddressRefused):
        await found(HomeResolver(NAME, Names(["169.254.169.254", "0.0.0.0"])))  # noqa: S104


async def test_no_other_name_is_looked_up() -> None:
    names = Names([PUBLIC])
    resolver = HomeResolver(NAME, names)
    assert await found(resolver, NAME.upper()) == [PUBLIC]
    with pytest.raises(AddressRefused):
        await found(resolver, "elders.example")
    assert names.asked == [(NAME.upper(), 80)]


async def test_a_name_that_comes_to_lead_to_our_own_machine_is_not_asked() -> None:
    """Rebinding: public when first looked up, loopback when the connection is made."""
    async with hosting() as host:
        names = Names([PUBLIC], ["127.0.0.1"], ports={80: host.port})
        home = HomeResolver(NAME, names)
        assert await found(home) == [PUBLIC]
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=home)) as session:
            with pytest.raises(PageUnread) as refusal:
                await Fetcher(session, f"http://{NAME}/", MANNERS).open()
    assert (refusal.value.key, refusal.value.place) == ("address_private", f"http://{NAME}/robots.txt")
    assert len(names.asked) == 2
    assert host.asked == []


async def test_a_forum_on_the_intranet_is_read_by_its_name() -> None:
    async with hosting() as host:
        host.answers["/"] = [html()]
        names = Names(["127.0.0.1"], ports={80: host.port})
        async with opened(f"http://{NAME}/", resolver=names) as fetcher:
            assert (await fetcher.fetch(f"http://{NAME}/")).url == f"http://{NAME}/"
    assert len(host.asked) == 2


@pytest.mark.parametrize("site", ["http://169.254.169.254/", "http://0.0.0.0:80/", "http://[fe80::1]/"])
async def test_an_address_where_no_forum_can_be_is_not_asked(site: str) -> None:
    async with fetching(site, MANNERS) as fetcher:
        with pytest.raises(PageUnread) as refusal:
            await fetcher.open()
    assert refusal.value.key == "address_private"
