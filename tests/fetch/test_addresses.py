"""Only the public internet is dialled, and what operators allow."""

from ipaddress import ip_address

import pytest

from feedsvc.fetch.addresses import Gate, is_public

CLOSED = [
    # reliability.md, case 33
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "127.0.0.1", "127.255.255.254", "169.254.1.1",
    "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.255.255",
    "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255",
    "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255",
    # case 34
    "::", "::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
    # case 35
    "::ffff:7f00:1", "::ffff:8.8.8.8", "::127.0.0.1", "::ffff:0:7f00:1",
    # case 36
    "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2001::1", "2001:0:53aa::1",
    "2001:10::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1",
    # case 45
    "169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16",
]  # fmt: skip
OPEN = [
    "1.1.1.1", "8.8.8.8", "11.0.0.1", "100.63.255.255", "100.128.0.1", "172.15.0.1",
    "172.32.0.1", "192.0.1.1", "192.167.0.1", "198.17.0.1", "223.255.255.255",
    "2001:4860:4860::8888", "2400:cb00::1", "2606:4700::1111", "240e::1", "2a00::1",
]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_public_is_not_dialled(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not Gate().admits(address, 80)


@pytest.mark.parametrize("address", OPEN)
def test_what_is_public_is_dialled_on_the_webs_ports(address: str) -> None:
    gate = Gate()
    assert all(gate.admits(address, port) for port in (80, 443, 8080, 8443))
    assert not any(gate.admits(address, port) for port in (0, 22, 25, 3306, 6379, 8000))


@pytest.mark.parametrize("host", ["fe80::1%eth0", "ff02::1%2", "nonsense", "", "1.2.3"])
def test_a_zone_or_a_name_opens_nothing(host: str) -> None:
    assert not Gate(("10.0.0.0/8",)).admits(host, 80)


def test_an_allowed_network_is_open_on_every_port_and_no_other_is() -> None:
    gate = Gate(("10.1.0.0/16", "fd00::/8", "192.168.7.9/24"))
    assert gate.admits("10.1.2.3", 22)
    assert gate.admits("fd00::7", 9000)
    assert gate.admits("192.168.7.1", 80)
    assert not gate.admits("10.2.0.1", 80)
    assert not gate.admits("127.0.0.1", 80)


def test_an_allowed_network_must_be_one() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        Gate(("nonsense",))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "10.1", "::1",
        "fe80::1%eth0", "localhost", "LOCALHOST", "localhost.", "a.localhost",
    ],
)  # fmt: skip
def test_a_proxy_is_not_asked_for_what_is_not_public(host: str) -> None:
    assert not Gate().admits_name(host, 80)


def test_a_proxy_is_asked_for_names_and_for_what_is_allowed() -> None:
    gate = Gate(("127.0.0.0/8",))
    assert gate.admits_name("news.example", 443)
    assert not gate.admits_name("news.example", 22)
    assert gate.admits_name("127.0.0.1", 22)
