"""A seal fixes what the case holds: canonical bytes, a team's signature, an authority's time; each checked offline."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509 import load_pem_x509_certificate

from ingest.lake import Lake
from tests.authority import Authority, needs_openssl
from tests.unit.ingest.evidence_folder import write
from tests.unit.workbench.custody.held_case import CASE, build, folder_of, opened, without_graph
from workbench.bootstrap import Workbench
from workbench.casebook.people import NotAllowed, Role
from workbench.cli.entry import run
from workbench.custody import stamping
from workbench.custody.seal import Seal, add_part, numbers, part_of, read_seal, sha256
from workbench.custody.sealing import make_seal, request_for_last, take_token
from workbench.custody.signing import fingerprint, new_key, public_beside, sign, signed
from workbench.custody.token_order import with_sorted_certificates
from workbench.custody.verification import verify_case
from workbench.errors import WorkbenchError

ROOT = Path(__file__).resolve().parents[4]
MESSAGE = b"what is sealed\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    needs_openssl()
    return Authority(tmp_path_factory.mktemp("authority") / "right")


def say(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str, str]:
    code = run([*arguments, "--workspace", str(root / "workspace"), "--case", CASE])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def given_role(bench: Workbench, name: str, role: Role) -> Workbench:
    """The workbench for another member of the case, in a team that its person leads."""
    roster = bench.casebook.roster
    roster.give_role(bench.person, "administrator", by=bench.person)
    roster.give_role(name, role, by=bench.person)
    for who in (bench.person, name):
        roster.add_member(CASE, who, by=bench.person)
    return bench.acting(name)


def small(root: Path) -> None:
    with opened(root) as bench, without_graph():
        bench.ingest(bench.case(CASE, create=True), [write(root / "source", "rooms.csv", "room_id\na\n")])


# -- the document ---------------------------------------------------------------
def test_a_seal_says_what_the_case_holds_and_the_next_continues_it(tmp_path: Path) -> None:
    build(tmp_path)
    case = folder_of(tmp_path)
    first, second = (part_of(case, number) or b"" for number in numbers(case))
    seal, after = read_seal(first), read_seal(second)
    assert seal.manifests == {path.stem: sha256(path.read_bytes()) for path in case.batches.glob("*.json")}
    assert seal.findings == sha256((case.findings / "latest.json").read_bytes())
    with Lake(case) as lake:
        assert seal.evidence_digest == lake.digest()
    with opened(tmp_path) as bench:
        log = bench.casebook.audit()
    assert (seal.audit_length, seal.audit_head) == (len(log) - 2, log[-3].hash)
    assert (seal.number, seal.case, seal.by, seal.previous) == (1, CASE, "ada", None)
    assert (after.number, after.previous) == (2, sha256(first))


def test_the_same_state_at_the_same_time_has_the_same_bytes() -> None:
    seal = Seal(1, "quai·é", "2024-01-01T00:00:00Z", "ada", "0", {"b": "1", "a": "2"}, "sha256:0", None, 0, "", None)
    assert seal.to_bytes() == read_seal(seal.to_bytes()).to_bytes()
    assert seal.to_bytes().startswith(b'{"at":"2024-01-01T00:00:00Z","audit_head":"","audit_length":0,"by":"ada"')
    assert seal.to_bytes().isascii()
    for other in (b"", b"[]", b"{}", seal.to_bytes() + b" ", seal.to_bytes().replace(b'"ada"', b'"ad\\u0061"')):
        with pytest.raises(ValueError, match="no seal"):
            read_seal(other)


def test_a_part_of_a_seal_is_never_written_over(tmp_path: Path) -> None:
    case = folder_of(tmp_path).create()
    add_part(case, 1, "json", b"one")
    with pytest.raises(WorkbenchError, match="has that already"):
        add_part(case, 1, "json", b"two")
    assert part_of(case, 1) == b"one"
    assert [path.name for path in case.seals.iterdir()] == ["000001.json"]


def test_a_case_that_is_not_as_recorded_gets_no_seal(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "workspace/cases/quay/findings/latest.json").write_text("{}")
    with opened(tmp_path) as bench, pytest.raises(WorkbenchError, match="is not as it was"):
        make_seal(bench, folder_of(tmp_path))
    assert numbers(folder_of(tmp_path)) == (1, 2)


def test_more_evidence_and_new_findings_leave_a_seal_sound(tmp_path: Path) -> None:
    small(tmp_path)
    with opened(tmp_path) as bench, without_graph():
        case = folder_of(tmp_path)
        made = make_seal(bench, case, now=lambda: datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC))
        bench.ingest(case, [write(tmp_path / "more", "rooms.csv", "room_id\nb\n")])
        found = verify_case(bench, case)
    assert (found.faults, made.fingerprint) == ((), None)
    assert found.seals == ("seals/000001.json: whole, not signed",)
    assert read_seal(part_of(case, 1) or b"").at == "2024-01-02T03:04:05Z"


# -- signatures -----------------------------------------------------------------
def test_a_new_key_is_its_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "team.pem"
    public, name = new_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    made = sign(MESSAGE, path, password=str)
    assert (made.public_key, made.fingerprint, fingerprint(public)) == (public, name, name)
    assert signed(MESSAGE, made.signature, public)
    assert not signed(MESSAGE + b" ", made.signature, public)
    assert not signed(MESSAGE, made.signature[:-1], public)
    assert not signed(MESSAGE, made.signature, b"no key")
    beside = tmp_path / "team.pub.pem"
    assert (beside.read_bytes(), beside.stat().st_mode & 0o444) == (public, 0o444)
    with pytest.raises(WorkbenchError, match="file exists"):
        new_key(path)
    path.unlink()
    with pytest.raises(WorkbenchError, match="the public key cannot be written"):
        new_key(path)
    assert (path.exists(), beside.read_bytes()) == (False, public)
    assert public_beside(tmp_path / "team").name == public_beside(tmp_path / "team.pem").name


def test_openssl_takes_the_signature(tmp_path: Path) -> None:
    needs_openssl()
    new_key(tmp_path / "team.pem")
    made = sign(MESSAGE, tmp_path / "team.pem", password=str)
    for name, body in (("s.json", MESSAGE), ("s.sig", made.signature), ("s.pub.pem", made.public_key)):
        (tmp_path / name).write_bytes(body)
    command = "openssl pkeyutl -verify -pubin -inkey s.pub.pem -rawin -in s.json -sigfile s.sig"
    assert subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode == 0


def test_a_key_may_have_a_password_and_other_keys_are_refused(tmp_path: Path) -> None:
    form = (Encoding.PEM, PrivateFormat.PKCS8)
    locked = tmp_path / "locked.pem"
    locked.write_bytes(Ed25519PrivateKey.generate().private_bytes(*form, BestAvailableEncryption(b"open")))
    assert sign(MESSAGE, locked, password=lambda: "open").signature
    with pytest.raises(WorkbenchError, match="password is another"):
        sign(MESSAGE, locked, password=lambda: "wrong")
    other = tmp_path / "rsa.pem"
    other.write_bytes(generate_private_key(65537, 2048).private_bytes(*form, NoEncryption()))
    with pytest.raises(WorkbenchError, match="not of the type Ed25519"):
        sign(MESSAGE, other, password=str)
    other.write_text("nothing")
    with pytest.raises(WorkbenchError, match="no private key"):
        sign(MESSAGE, other, password=str)
    with pytest.raises(WorkbenchError, match="no such file"):
        sign(MESSAGE, tmp_path / "absent", password=str)


def test_verify_asks_that_every_seal_bears_the_trusted_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(tmp_path)
    own, other = tmp_path / "team.pub.pem", tmp_path / "other.pub.pem"
    other.write_bytes(new_key(tmp_path / "other.pem")[0])
    assert say(capsys, tmp_path, "verify", "--signed-by", str(own))[0] == 0
    code, out, err = say(capsys, tmp_path, "verify", "--signed-by", str(other))
    assert (code, out.count("is signed by another key"), "2 differences" in err) == (2, 2, True)
    assert say(capsys, tmp_path, "seal")[0] == 0
    assert "seals/000003.json: is not signed" in say(capsys, tmp_path, "verify", "--signed-by", str(own))[1]
    own.write_text("nothing")
    code, out, err = say(capsys, tmp_path, "verify", "--signed-by", str(own))
    assert (code, out, err.count("\n")) == (2, "", 1)


# -- time-stamps ----------------------------------------------------------------
def test_a_token_of_a_local_authority_is_made_and_checked_offline(authority: Authority) -> None:
    asked = stamping.request(MESSAGE)
    assert asked == stamping.request(MESSAGE)
    token = authority.answer(asked)
    assert authority.accepts(token, MESSAGE)
    stamp = stamping.check(token, MESSAGE, authority.root)
    assert stamping.imprint(token) == sha256(MESSAGE)
    assert (stamp.authority, stamp.at[:2], stamp.at[-1]) == ("CN=Town clock", "20", "Z")


def test_what_a_token_does_not_prove_is_refused(authority: Authority, tmp_path: Path) -> None:
    token = authority.answer(stamping.request(MESSAGE))
    other = Authority(tmp_path / "other")
    refused = (
        (token, MESSAGE + b" ", authority.root, "Mismatch between messages"),
        (token, MESSAGE, other.root, "verifying certificates"),
        (token[:-1] + bytes([token[-1] ^ 1]), MESSAGE, authority.root, "does not hold"),
        (token[:40], MESSAGE, authority.root, "does not hold"),
        (b"", MESSAGE, authority.root, "does not hold"),
        (token, MESSAGE, b"", "no certificate"),
        (token, MESSAGE, (authority.folder / "authority.pem").read_bytes(), "none of the certificates is a root"),
    )
    for answer, message, certificates, reason in refused:
        with pytest.raises(stamping.StampInvalid, match=reason):
            stamping.check(answer, message, certificates)
    for answer in (b"", b"\x30\x80", token[:40], authority.root):
        with pytest.raises(stamping.StampInvalid, match="no answer"):
            stamping.imprint(answer)


def test_certificates_in_any_order_are_read(authority: Authority) -> None:
    token = authority.answer(stamping.request(MESSAGE))
    one, two = (
        load_pem_x509_certificate((authority.folder / name).read_bytes()).public_bytes(Encoding.DER)
        for name in ("authority.pem", "root.pem")
    )
    stamp = stamping.check(token, MESSAGE, authority.root)
    orders = {token.replace(one + two, pair).replace(two + one, pair) for pair in (one + two, two + one)}
    assert len(orders) == 2
    assert len({with_sorted_certificates(order) for order in orders}) == 1
    assert [stamping.check(order, MESSAGE, authority.root) for order in orders] == [stamp, stamp]
    for cut in range(len(token)):
        assert with_sorted_certificates(token[:cut]) == token[:cut]


def test_an_answer_finds_the_seal_it_speaks_of_and_is_taken_once(tmp_path: Path, authority: Authority) -> None:
    small(tmp_path)
    with opened(tmp_path) as bench:
        case = folder_of(tmp_path)
        with pytest.raises(WorkbenchError, match="has no seal"):
            request_for_last(case)
        make_seal(bench, case)
        number, asked = request_for_last(case)
        make_seal(bench, case)
        token = authority.answer(asked)
        as_reader = given_role(bench, "rob", "reader")
        with pytest.raises(NotAllowed, match="may not seal"):
            take_token(as_reader, case, token, authority.root)
        assert part_of(case, 1, "tsr") is None
        assert take_token(bench, case, token, authority.root)[0] == number == 1
        with pytest.raises(WorkbenchError, match="has that already"):
            take_token(bench, case, token, authority.root)
        with pytest.raises(WorkbenchError, match="speaks of no seal"):
            take_token(bench, case, authority.answer(stamping.request(b"other")), authority.root)
        found = verify_case(bench, case)
    assert found.faults == ()
    assert "time-stamped" in found.seals[0]
    assert "time-stamped" not in found.seals[1]


def test_the_libraries_are_loaded_only_where_a_key_or_a_token_is_used() -> None:
    names = "('cryptography', 'rfc3161_client')"
    code = f"import sys, workbench.cli.commands.custody; print([name for name in {names} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert loaded.stdout == "[]\n"


# -- commands -------------------------------------------------------------------
def test_the_commands_from_key_to_token(
    tmp_path: Path, authority: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    small(tmp_path)
    key, asked, answer = tmp_path / "team.pem", tmp_path / "out.tsq", tmp_path / "in.tsr"
    code, out, err = say(capsys, tmp_path, "seal", "--new-key", str(key))
    assert (code, err) == (0, "")
    assert out.startswith("-----BEGIN PUBLIC KEY-----")
    code, out, err = say(capsys, tmp_path, "seal", "--key", str(key))
    assert (code, out.startswith("seal 1 made, signed by key SHA256:")) == (0, True), err
    assert say(capsys, tmp_path, "seal", "--request", str(asked))[0] == 0
    answer.write_bytes(authority.answer(asked.read_bytes()))
    root = str(authority.folder / "root.pem")
    code, out, err = say(capsys, tmp_path, "seal", "--token", str(answer), "--authority-certificate", root)
    assert (code, "CN=Town clock" in out) == (0, True), err
    code, out, err = say(capsys, tmp_path, "verify", "--signed-by", str(tmp_path / "team.pub.pem"))
    assert (code, "seals/000001.json: whole, signed by key" in out) == (0, True), out + err
    told = json.loads(say(capsys, tmp_path, "custody", "--format", "json")[1])
    assert [event["event"] for event in told] == ["received", "read", "sealed", "time-stamped", "verified"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--key", "a", "--request", "b"),
        ("--token", "a"),
        ("--authority-certificate", "a"),
        ("--token", "/absent.tsr", "--authority-certificate", "/absent.pem"),
        ("--request", "out.tsq"),
        ("--key", "/absent.pem"),
        ("--new-key", "/absent/team.pem"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder_of(tmp_path).create()
    code, out, err = say(capsys, tmp_path, "seal", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "unexpected" not in err
