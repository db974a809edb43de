"""Can the answer of this authority be read?  Some write its certificates in an order that strict readers refuse.

The set of certificates stands outside of what is signed, and DER wants it sorted (X.690, 11.6).  OpenSSL writes it as
it comes.  It is sorted for the reader only; the file stays as the authority wrote it.
"""

_CERTIFICATES = 0xA0
_BEFORE_CERTIFICATES = 3
"""Version, digest algorithms and content stand before the certificates (RFC 5652, 5.1)."""


def with_sorted_certificates(answer: bytes) -> bytes:
    """The answer (DER) with its certificates sorted; as it is where it cannot be taken apart."""
    try:
        _, at, _ = _element(answer, 0)  # the answer
        _, _, at = _element(answer, at)  # its status
        _, at, _ = _element(answer, at)  # the token
        _, _, at = _element(answer, at)  # of which type
        _, at, _ = _element(answer, at)
        _, at, _ = _element(answer, at)  # the signed data
        for _ in range(_BEFORE_CERTIFICATES):
            _, _, at = _element(answer, at)
        tag, start, end = _element(answer, at)
        if tag != _CERTIFICATES:
            return answer
        parts, at = [], start
        while at < end:
            _, _, stop = _element(answer, at)
            parts.append(answer[at:stop])
            at = stop
    except ValueError:
        return answer
    return answer[:start] + b"".join(sorted(parts)) + answer[end:]


def _element(data: bytes, at: int) -> tuple[int, int, int]:
    """(tag, where its content begins, where it ends) of the element at ``at``; ValueError if there is none."""
    if len(data) < at + 2:
        raise ValueError("cut")
    tag, first, start = data[at], data[at + 1], at + 2
    if first == 0x80:
        raise ValueError("of no stated length")
    if first > 0x80:
        start += first - 0x80
    length = int.from_bytes(data[at + 2 : start]) if first > 0x80 else first
    if start + length > len(data):
        raise ValueError("cut")
    return tag, start, start + length
