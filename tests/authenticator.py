"""A passkey made of software: answers as a browser hands them on, right unless the test says otherwise."""

import base64
import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

ORIGIN = "http://localhost:5000"  # browsers bind passkeys to names, not to numbers
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text_of(raw: bytes) -> str:
    """As base64url without its end."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """And back."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Authenticator:
    """One key. It counts its signatures, as sticks do."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.count = 0
        self.handle = b""

    def make(self, options: dict[str, Any], *, origin: str = ORIGIN, flags: int = PRESENT | VERIFIED) -> str:
        """The answer to `navigator.credentials.create`."""
        self.handle = bytes_of(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        sides = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, **sides})
        rest = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(options["rp"]["id"], flags | ATTESTED) + rest
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = {"attestationObject": text_of(statement), "transports": ["internal", "nonsense"]}
        return self._answer("create", options, origin, said)

    def sign(
        self,
        options: dict[str, Any],
        *,
        origin: str = ORIGIN,
        flags: int = PRESENT | VERIFIED,
        rp: str | None = None,
        handle: bytes | None = None,
    ) -> str:
        """The answer to `navigator.credentials.get`."""
        self.count += 1
        data = self._data(rp or options["rpId"], flags)
        client = self._client("get", options, origin)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        said = {"authenticatorData": text_of(data), "signature": text_of(signature)}
        return self._answer("get", options, origin, said | {"userHandle": text_of(handle or self.handle)})

    def _data(self, rp: str, flags: int) -> bytes:
        return hashlib.sha256(rp.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    @staticmethod
    def _client(kind: str, options: dict[str, Any], origin: str) -> bytes:
        return json.dumps({"type": f"webauthn.{kind}", "challenge": options["challenge"], "origin": origin}).encode()

    def _answer(self, kind: str, options: dict[str, Any], origin: str, said: dict[str, Any]) -> str:
        said["clientDataJSON"] = text_of(self._client(kind, options, origin))
        name = text_of(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": said})
