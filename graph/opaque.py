"""What stands for an id or a key where it must not be read: on the canvas, in an address, in the name of a button.

Method: keyed BLAKE2b (RFC 7693) as a pseudorandom function; without the key a guess at the id cannot be tried.
"""

import hashlib
import secrets

NOBODYS_KEY = secrets.token_bytes(32)
"""Where no case stands behind what is told: another one in every process, so that its labels lead nowhere."""


def token(text: str, key: bytes) -> str:
    """An opaque stand-in, stable under one key (``ingest.case_folder.label_key``): 16 hex digits."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, key=key).hexdigest()


def fleeting(text: str) -> str:
    """As ``token``, for what is told apart within this process alone: a list that changed, a step that was done."""
    return token(text, NOBODYS_KEY)
