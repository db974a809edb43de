"""A time-stamping authority of this machine: a root, an own certificate and the ``openssl ts`` command."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_SETTINGS = """
[tsa]
default_tsa = local
[local]
serial = serial
crypto_device = builtin
signer_cert = authority.pem
signer_key = authority.key
certs = root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
"""
_EXTENSIONS = """
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
"""
_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class Authority:
    """Answers requests with tokens that hold its certificate and the root."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        (folder / "settings").write_text(_SETTINGS)
        (folder / "extensions").write_text(_EXTENSIONS)
        (folder / "serial").write_text("01\n")
        self._run("req", "-x509", *_KEY, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root")
        self._run("req", *_KEY, "-keyout", "authority.key", "-out", "authority.csr", "-subj", "/CN=Town clock")
        self._run(
            "x509", "-req", "-in", "authority.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
            "-days", "3650", "-out", "authority.pem", "-extfile", "extensions",
        )

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()

    def answer(self, request: bytes) -> bytes:
        (self.folder / "in.tsq").write_bytes(request)
        self._run("ts", "-reply", "-config", "settings", "-queryfile", "in.tsq", "-out", "out.tsr")
        return (self.folder / "out.tsr").read_bytes()

    def accepts(self, token: bytes, message: bytes) -> bool:
        """Does OpenSSL, which knows nothing of ours, take the token for one over this message?"""
        (self.folder / "check.tsr").write_bytes(token)
        (self.folder / "check.data").write_bytes(message)
        command = ("ts", "-verify", "-data", "check.data", "-in", "check.tsr", "-CAfile", "root.pem")
        return subprocess.run(["openssl", *command], cwd=self.folder, capture_output=True, check=False).returncode == 0

    def _run(self, *arguments: str) -> None:
        outcome = subprocess.run(
            ["openssl", *arguments], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert outcome.returncode == 0, outcome.stderr


def needs_openssl() -> None:
    if shutil.which("openssl") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("openssl, which plays the authority, is not installed")
