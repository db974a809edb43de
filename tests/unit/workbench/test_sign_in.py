"""Who signed in at the screens: what the file must say, and what claims are taken for."""

from pathlib import Path

import pytest

from workbench.access import proved_person, system_user
from workbench.bootstrap import Workbench
from workbench.casebook.people.rights import NotAllowed, NotSignedIn
from workbench.errors import SettingsInvalid, UnknownCase
from workbench.notebook import open_case
from workbench.settings import Settings
from workbench.sign_in import SignIn, read_sign_in, signed_in

AUTH = (
    '[auth]\nredirect_uri = "http://127.0.0.1:8501/oauth2callback"\n'
    'cookie_secret = "0123456789012345678901234567890123"\n'
    'client_id = "c"\nclient_secret = "hidden words"\nserver_metadata_url = "http://127.0.0.1:1/x"\n'
)
CLAIMS = {"is_logged_in": True, "email": "ann@agency.example", "iss": "i", "sub": "1", "iat": 1_000, "nonce": "n"}


def test_a_whole_file_is_read_and_its_usual_values_stand(tmp_path: Path) -> None:
    file = tmp_path / "sign-in.toml"
    file.write_text(AUTH)
    assert read_sign_in(file) == SignIn()
    own = '[filature]\nperson = "sub"\nhours = 2\nrole_claim = "groups"\n[filature.roles]\na = "lead"\n'
    file.write_text(AUTH + own)
    assert read_sign_in(file) == SignIn("sub", "groups", {"a": "lead"}, 2)


def test_every_fault_of_the_file_is_told_at_once_and_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "sign-in.toml"
    own = '[filature]\nhour = 3\nidle_minutes = 0\n[filature.roles]\na = "king"\n'
    file.write_text('[auth]\ncookie_secret = "short words"\n' + own)
    with pytest.raises(SettingsInvalid) as caught:
        read_sign_in(file)
    for part in ("no client_id", "shorter than 32", "knows no hour", "idle_minutes", "one of reader", "go together"):
        assert part in str(caught.value)
    assert "short words" not in str(caught.value)
    file.write_text("no = [toml")
    with pytest.raises(SettingsInvalid):
        read_sign_in(file)


@pytest.mark.parametrize(
    "claims",
    [
        {}, {**CLAIMS, "is_logged_in": False}, {**CLAIMS, "email": ""}, {**CLAIMS, "email": "a\x1bb"},
        {**CLAIMS, "email_verified": False}, {**CLAIMS, "iat": None}, {**CLAIMS, "iat": 1_000 - 8 * 3600 - 1},
    ],
)
def test_claims_that_prove_nobody_or_are_too_old_are_refused(claims: dict[str, object]) -> None:
    with pytest.raises(NotSignedIn):
        signed_in(claims, SignIn(), now=1_000.0)


def test_a_session_is_one_sign_in_of_one_person() -> None:
    first = signed_in(CLAIMS, SignIn(), now=1_001.0)
    assert (first.person, first.role, first.since) == ("ann@agency.example", None, 1_000.0)
    assert signed_in(dict(CLAIMS), SignIn(), now=2_000.0).session == first.session
    others = [{**CLAIMS, "email": "bob@agency.example"}, {**CLAIMS, "iat": 1_001}, {**CLAIMS, "nonce": "m"}]
    assert first.session not in {signed_in(other, SignIn(), now=1_002.0).session for other in others}


@pytest.mark.parametrize(
    ("said", "role"),
    [(["a", "b"], "lead"), ("b", "reader"), (["c"], None), (None, None), ({"a": 1}, None)],
)
def test_the_highest_role_that_the_claim_gives_counts(said: object, role: str | None) -> None:
    rules = SignIn(role_claim="groups", roles={"a": "lead", "b": "reader"})
    assert signed_in({**CLAIMS, "groups": said}, rules, now=1_000.0).role == role


@pytest.fixture
def team(tmp_path: Path) -> Settings:
    """A workspace of a team, in which the system's user governs and leads a case."""
    settings = Settings(tmp_path, system_user(), purpose="audit of May")
    with Workbench(settings) as workbench:
        workbench.casebook.roster.give_role(system_user(), "administrator", by=system_user())
        workbench.casebook.roster.give_role("ann", "analyst", by=system_user())
        workbench.case("north", create=True)
    return settings


def test_in_a_team_a_claimed_name_proves_nothing_and_a_pass_does(team: Settings) -> None:
    with Workbench(team) as workbench:
        assert workbench.person == system_user()
        secret = workbench.casebook.passes.issue("ann", note="", days=1, by=system_user())
        casework = workbench.casework
        with pytest.raises(NotSignedIn, match="nothing proves that you are ann"):
            proved_person(Settings(team.workspace, "ann"), casework)
        assert proved_person(Settings(team.workspace, "x", secret=secret), casework) == "ann"
        with pytest.raises(NotSignedIn):
            proved_person(Settings(team.workspace, "ann", secret=secret + "x"), casework)
    assert secret not in repr(Settings(team.workspace, "ann", secret=secret))


def test_a_case_that_python_had_open_as_the_team_began_asks_again_who_works_at_it(tmp_path: Path) -> None:
    with Workbench(Settings(tmp_path, "noor")) as workbench:
        workbench.case("north", create=True)
    opened = open_case("north", workspace=tmp_path, person="noor")
    try:
        assert opened.person == "noor"
        with Workbench(Settings(tmp_path, "mira")) as workbench:
            workbench.casebook.roster.give_role("mira", "administrator", by="mira")
            workbench.casebook.roster.give_role("noor", "analyst", by="mira")
        for ask in (opened.queries, opened.store, opened.index, lambda: opened.write_down("RETURN 1", {}, "1 row")):
            with pytest.raises(NotSignedIn, match="nothing proves that you are noor"):
                ask()
    finally:
        opened.close()


def test_a_case_opens_for_its_members_with_a_purpose_that_the_log_keeps(team: Settings) -> None:
    with Workbench(team) as workbench:
        assert workbench.cases() == ("north",)
        workbench.case("north")
        workbench.case("north")
        assert [entry.detail for entry in workbench.casebook.audit() if entry.action == "open case"] == [
            '{"purpose": "audit of May"}', '{"purpose": "audit of May"}',
        ], "once by who made it, once now"
        ann = workbench.acting("ann")
        assert ann.cases() == ()
        for create in (False, True):
            with pytest.raises(UnknownCase):
                ann.case("north", create=create)
        with pytest.raises(NotAllowed):
            ann.case("south", create=True)
        with pytest.raises(NotAllowed):
            ann.known_cases()
    with Workbench(Settings(team.workspace, system_user())) as workbench, pytest.raises(NotAllowed, match="PURPOSE"):
        workbench.case("north")
