"""A case from Python: queries and Cypher by the same rules as on the screens, for one person, written down."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from queries import (
    AnswerCut,
    NameUnknown,
    NotNamed,
    NotReviewed,
    ParameterInvalid,
    RefusedStatement,
    SavedQuery,
    UnknownQuery,
    open_case,
)
from tests.scenarios import one_private_chat
from workbench.bootstrap import Workbench
from workbench.errors import UnknownCase
from workbench.settings import Settings

OWN = SavedQuery("mine", "Mine", "What is mine", "MATCH (a:Account) RETURN a.id AS id ORDER BY id")
COUNT = "MATCH (a:Account) WHERE a.id IN $ids RETURN count(a) AS n"


@pytest.mark.embedded
def test_a_case_is_asked_by_query_and_by_cypher_for_one_person_and_it_is_written_down(tmp_path: Path) -> None:
    planted = one_private_chat(tmp_path / "evidence")
    with Workbench(Settings(workspace=tmp_path / "w", user="ada")) as bench:
        bench.ingest(bench.case("c", create=True), [planted.folder])
        bench.casebook.save_query(OWN, user="ada")
        bench.casebook.save_query(replace(OWN, id="packed", reviewed=False), user="ada")
        with open_case(workspace=tmp_path / "w", person="ada") as case:
            contacts = case.query("contacts-of", account="Ada")
            assert contacts.read == (("account", "Ada", planted.members[0]),)
            assert contacts.frame[["contact", "sent", "received"]].values.tolist() == [["town:ben", 2, 1]]
            assert contacts.graph.number_of_edges() == 2
            assert case.find("Ada")["id"].tolist()[0] == planted.members[0]
            with pytest.raises(NotNamed, match="'nobody' is no account of this case"):
                case.query("contacts-of", account="nobody")
            with pytest.raises(ParameterInvalid, match="unknown parameter acount"):
                case.query("contacts-of", acount="Ada")
            with pytest.raises(RefusedStatement, match="DELETE"):
                case.cypher("MATCH (n) DETACH DELETE n")
            with pytest.raises(NotReviewed):
                case.query("packed")
            assert case.review("packed").reviewed
            assert len(case.query("packed")) == 2
            with pytest.warns(NameUnknown, match="no label Acount in the graph: Account"):
                assert len(case.cypher("MATCH (a:Acount) RETURN a")) == 0
            for several in ({planted.members[0]}, np.array(planted.members[:1]), pd.Series(planted.members[:1])):
                assert case.cypher(COUNT, ids=several).frame["n"].tolist() == [1]
            moment = datetime(2024, 1, 1, 1, tzinfo=UTC)
            assert case.cypher("RETURN datetime($at) AS at", at=moment).frame["at"].tolist() == [moment]
            assert "mine" in case.queries("mine")["id"].tolist()
        with open_case("c", workspace=tmp_path / "w", person="ben", max_rows=1) as case:
            assert "mine" not in case.queries("mine")["id"].tolist()
            with pytest.raises(UnknownQuery):
                case.query("mine")
            with pytest.warns(AnswerCut, match="more than 1 rows"):
                assert case.query(OWN).truncated
        ran = bench.casebook.statements
        assert ran.of("ada", "c")[0].parameters == {"at": "2024-01-01T01:00:00Z"}
        with Workbench(Settings(workspace=tmp_path / "w", user="ben")) as other:
            of_ben = other.casebook.statements.of("ben", "c")
        assert [(one.text, one.outcome) for one in of_ben] == [(OWN.cypher, "1 rows, more there")]
        assert any("DELETE is not allowed" in one.outcome for one in ran.of("ada", "c"))
        with pytest.raises(UnknownCase, match="no case 'other'"):
            open_case("other", workspace=tmp_path / "w")
        assert bench.casebook.verify_audit() == ()
