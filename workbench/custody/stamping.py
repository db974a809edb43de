"""When was this seal there at the latest?  Time-stamp tokens of an authority (RFC 3161), asked for and checked offline.

The request is a file that a person carries to the authority; the answer comes back as a file.  The request holds no
nonce: the same seal gives the same request, and an answer of any time proves what it says.
``openssl ts -verify -data NUMBER.json -in NUMBER.tsr -CAfile NUMBER.authority.pem`` checks the same.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from workbench.custody.token_order import with_sorted_certificates
from workbench.errors import WorkbenchError

if TYPE_CHECKING:  # loaded where a token is asked for or checked
    from rfc3161_client.tsp import TimeStampResponse

_SHA256 = "2.16.840.1.101.3.4.2.1"


@dataclass(frozen=True)
class Stamp:
    """What the token says: ``at`` as ISO 8601 UTC, the name in the authority's certificate, the token's number."""

    at: str
    authority: str
    serial: str


class StampInvalid(WorkbenchError):
    """A token does not prove what it should, or it is none."""


def request(seal: bytes) -> bytes:
    """The time-stamp request (DER) over a seal, the authority's certificate asked for."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(seal).hash_algorithm(HashAlgorithm.SHA256)
    return builder.nonce(nonce=False).cert_request(cert_request=True).build().as_bytes()


def imprint(token: bytes) -> str:
    """The SHA-256 that the answer speaks of; StampInvalid if it speaks of none."""
    try:
        said = _answer(token).tst_info.message_imprint
        if said.hash_algorithm.dotted_string == _SHA256:
            return said.message.hex()
    except Exception as error:  # hostile bytes: whatever the parser makes of them
        raise StampInvalid("no answer of a time-stamping authority", fix="ask the authority again") from error
    raise StampInvalid("the answer is not over a SHA-256", fix="ask with what filature seal --request wrote")


def check(token: bytes, seal: bytes, certificates: bytes) -> Stamp:
    """What the token proves of this seal; StampInvalid with the reason if it proves nothing.

    ``certificates`` (PEM): the authority's root and what may stand between; they must have been valid at that time.
    """
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerifierBuilder

    try:
        given = load_pem_x509_certificates(certificates)
    except ValueError as error:
        raise StampInvalid("no certificate (PEM) of the authority can be read", fix="ask it for one") from error
    roots = [one for one in given if one.issuer == one.subject]
    if not roots:
        raise StampInvalid("none of the certificates is a root, signed by itself", fix="add the root to the file")
    between = [one for one in given if one not in roots]
    try:
        answer = _answer(token)
        VerifierBuilder(roots=roots, intermediates=between).build().verify(answer, hashlib.sha256(seal).digest())
        said = answer.tst_info
        at = said.gen_time.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return Stamp(at, _signer(answer), str(said.serial_number))
    except Exception as error:  # the library's own error, or whatever its parser makes of hostile bytes
        reason = " ".join(str(error).split()) or type(error).__name__
        raise StampInvalid(f"the token does not hold ({reason})", fix="ask the authority again") from error


def _answer(token: bytes) -> "TimeStampResponse":
    from rfc3161_client import decode_timestamp_response

    return decode_timestamp_response(with_sorted_certificates(token))


def _signer(answer: "TimeStampResponse") -> str:
    """The name in the certificate that signed."""
    from cryptography.x509 import load_der_x509_certificate

    certificates = [load_der_x509_certificate(body) for body in answer.signed_data.certificates]
    signers = {(one.issuer, one.serial_number) for one in answer.signed_data.signer_infos}
    names = [one.subject.rfc4514_string() for one in certificates if (one.issuer, one.serial_number) in signers]
    return ", ".join(sorted(names))
