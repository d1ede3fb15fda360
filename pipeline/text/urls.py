"""Decides which addresses are the same page; it never fetches one."""

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

URL_VERSION = "1"

_TRACKING_PREFIXES = ("utm_", "mc_", "pk_", "ga_")
_TRACKING = frozenset(
    ["fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "ocid", "cmpid", "ref_src", "ref_url", "mibextid"]
)
_PORTS = {"http": 80, "https": 443}


def normalize_url(url: str) -> str | None:
    """The matching key of an address, or None when it is not an absolute http(s) address.

    https, lower-case host without `www.`, no default port, fragment or tracking parameter, sorted query,
    one percent-encoding for raw and encoded letters, no trailing slash. Idempotent.

    >>> normalize_url("HTTP://www.Example.org:80/خبر/?utm_source=x&b=2&a=1#top")
    'https://example.org/%D8%AE%D8%A8%D8%B1?a=1&b=2'
    """
    parts = _split(url)
    if parts is None:
        return None
    host, port, path, query = parts
    path = quote(unquote(path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    kept = sorted(
        (key, value)
        for key, value in parse_qsl(query, keep_blank_values=True)
        if key.lower() not in _TRACKING and not key.lower().startswith(_TRACKING_PREFIXES)
    )
    return urlunsplit(("https", host + port, path, urlencode(kept), ""))


def _split(url: str) -> tuple[str, str, str, str] | None:
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or any(c.isspace() for c in parts.netloc):
        return None
    suffix = f":{port}" if port and port not in _PORTS.values() else ""
    return host.removeprefix("www."), suffix, parts.path, parts.query
