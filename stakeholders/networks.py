"""The network that somebody asks from, to count strangers by."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

PREFIXES = {4: 24, 6: 48}
"""Visitors of one network are counted together: one house has many addresses of the newer kind."""


def network_of(request: HttpRequest) -> str:
    """Return the network that a visitor comes from; proxies are believed as far as the settings say."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):  # no address can be told: everybody without one is counted together
        return "nowhere"
    return str(ipaddress.ip_network(f"{address}/{PREFIXES[address.version]}", strict=False))
