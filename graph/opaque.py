"""What stands for an id or a key where it must not be read: on the canvas, in an address, in the name of a button."""

import hashlib


def token(text: str) -> str:
    """An opaque, stable stand-in: 16 hex digits of BLAKE2b."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
