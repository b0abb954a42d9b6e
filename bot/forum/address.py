"""Addresses as they stand in pages: made absolute, and compared. Nothing is fetched here."""

from urllib.parse import unquote, urljoin, urlsplit

_PLAIN = ("https://", "http://")
_SPOKEN = {"http", "https", "mailto", "tel"}


def absolute(base: str | None, address: str | None) -> str | None:
    """Return an address made absolute against the page it stands in, or None where it leads nowhere a reader can go."""
    if not address or not address.strip():
        return None
    address = address.strip()
    if address.startswith(_PLAIN) and address.isascii() and "[" not in address:
        return address
    try:
        if urlsplit(address).scheme.lower() in _SPOKEN:
            return address
        url = urljoin(base or "", address)
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return None
    return url if scheme in _SPOKEN else None


def without_fragment(url: str) -> str:
    """Return an address without its fragment."""
    return url.partition("#")[0]


def address_key(url: str) -> str:
    """Return what two spellings of one page's address share: no scheme, fragment, escapes or closing slash."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = f"?{unquote(parts.query)}" if parts.query else ""
    return f"{parts.netloc.lower()}{unquote(parts.path).rstrip('/')}{query}"


def same_site(one: str, other: str) -> bool:
    """Tell whether two http addresses name the same host and port (http and https on their own ports are one site)."""
    try:
        first, second = urlsplit(one), urlsplit(other)
        ports = {first.port, second.port}
    except ValueError:
        return False
    if {first.scheme, second.scheme} - {"http", "https"} or first.hostname != second.hostname:
        return False
    return len(ports) == 1 or ports <= {None, 80, 443}
