"""Whose is this seal?  Ed25519 keys of a team as PEM files, signatures of 64 plain bytes.

``openssl pkeyutl -verify -pubin -inkey NUMBER.pub.pem -rawin -in NUMBER.json -sigfile NUMBER.sig`` checks the same.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError

if TYPE_CHECKING:  # a library of megabytes, loaded where a key is used
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_OWNER_ONLY = 0o600
_MAKE_ONE = "make one with filature seal --new-key FILE"


@dataclass(frozen=True)
class Signature:
    """``public_key`` is PEM; ``fingerprint`` names the key."""

    signature: bytes
    public_key: bytes
    fingerprint: str


def new_key(path: Path) -> tuple[bytes, str]:
    """Write a new private key that only its owner may read; returns (public key as PEM, fingerprint).

    WorkbenchError if there is a file already: a key is never written over.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.generate()
    body = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except OSError as error:
        raise WorkbenchError(
            f"the key cannot be written ({(error.strerror or str(error)).lower()})", where=str(path),
            fix="choose a new file",
        ) from error
    with os.fdopen(handle, "wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())
    return _pem(key.public_key()), _fingerprint(key.public_key())


def sign(message: bytes, key_file: Path, *, password: Callable[[], str]) -> Signature:
    """Sign with the private key of a PEM file; ``password`` is asked only where the file is protected by one."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    body = _read(key_file, "the key")
    try:
        try:
            key = load_pem_private_key(body, None)
        except TypeError:  # what the library raises for a key that needs a password
            key = load_pem_private_key(body, password().encode())
    except Exception as error:  # the library has no common error
        raise WorkbenchError(
            "no private key can be read there, or its password is another", where=str(key_file), fix=_MAKE_ONE
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise WorkbenchError("the key is not of the type Ed25519", where=str(key_file), fix=_MAKE_ONE)
    return Signature(key.sign(message), _pem(key.public_key()), _fingerprint(key.public_key()))


def signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Did the owner of this key (PEM) sign exactly this message?"""
    from cryptography.exceptions import InvalidSignature

    key = _public(public_key)
    if key is None:
        return False
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def fingerprint(public_key: bytes) -> str | None:
    """``SHA256:`` and the hash of the key (PEM), whatever way it is written; None if it is no Ed25519 key."""
    key = _public(public_key)
    return None if key is None else _fingerprint(key)


def trusted_fingerprint(key_file: Path) -> str:
    """The fingerprint of the public key that a person trusts; WorkbenchError if the file holds none."""
    found = fingerprint(_read(key_file, "the public key"))
    if found is None:
        raise WorkbenchError(
            "no public key of the type Ed25519 can be read there", where=str(key_file),
            fix="give the PEM that filature seal --new-key printed",
        )
    return found


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkbenchError(
            f"{what} cannot be read ({(error.strerror or str(error)).lower()})", where=str(path), fix=_MAKE_ONE
        ) from error


def _public(public_key: bytes) -> "Ed25519PublicKey | None":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(public_key)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def _pem(key: "Ed25519PublicKey") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _fingerprint(key: "Ed25519PublicKey") -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    body = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"SHA256:{hashlib.sha256(body).hexdigest()}"
