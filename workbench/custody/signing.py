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

_OWNER_ONLY, _EVERYBODY = 0o600, 0o644
_NEW_FILE = "choose a new file"
_MAKE_ONE = "make one with filature seal --new-key FILE"


@dataclass(frozen=True)
class Signature:
    """``public_key`` is PEM; ``fingerprint`` names the key."""

    signature: bytes
    public_key: bytes
    fingerprint: str


def public_beside(key: Path) -> Path:
    """Where the public key of a private one stands: ``team.pub.pem`` beside ``team.pem``."""
    return key.with_name(f"{key.stem if key.suffix == '.pem' else key.name}.pub.pem")


def new_key(path: Path) -> tuple[bytes, str]:
    """Write a new private key that only its owner may read, and the public key beside it.

    Returns (public key as PEM, fingerprint).  WorkbenchError if there is a file of either name: a key is never
    written over.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.generate()
    body, told = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), _pem(key.public_key())
    public = public_beside(path)
    if os.path.lexists(public):  # before a private key is there whose public one is not
        raise WorkbenchError("the public key cannot be written (file exists)", where=str(public), fix=_NEW_FILE)
    _write_new(path, body, _OWNER_ONLY, "the key")
    _write_new(public, told, _EVERYBODY, "the public key")
    return told, _fingerprint(key.public_key())


def _write_new(path: Path, body: bytes, mode: int, what: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except OSError as error:
        raise WorkbenchError(
            f"{what} cannot be written ({(error.strerror or str(error)).lower()})", where=str(path), fix=_NEW_FILE
        ) from error
    with os.fdopen(handle, "wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())


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
            fix="give the FILE.pub.pem that filature seal --new-key wrote",
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
