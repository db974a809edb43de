"""What each library query answers on the small graph of ``library_graph``, by hand."""

from typing import Any

from tests.contract.library_graph import day

# query: (columns of interest, rows, nodes and edges drawn); the values are those of the query's example
ANSWERS: dict[str, tuple[str, list[tuple[Any, ...]], tuple[int, int]]] = {
    "account-at-a-glance": (
        "account declared_age contacts opened rooms identifiers reports leads",
        [("p:hub", 34, 4, 4, 2, 2, 3, 1)], (1, 0),
    ),
    "accounts-after-bans": (
        "account status successor identifier last_used first_used",
        [("q:ban", "banned", "q:back", "email:crow@example.org", day(7), day(9))], (3, 2),
    ),
    "accounts-contacting-most-minors": (
        "account minors opened share",
        [("p:hub", 3, 4, 0.75), ("p:mod", 2, 2, 1.0)], (2, 0),
    ),
    "accounts-created-in": (
        "created_at account declared_age",
        [(day(2), "p:kid1", 13), (day(2), "p:kid2", 14)], (2, 0),
    ),
    "accounts-in-several-leads": (
        "account leads members targets kinds",
        [("p:hub", 1, 1, 0, ["hub"]), ("p:kid1", 1, 0, 1, ["hub"])], (3, 2),
    ),
    "accounts-in-two-rooms": (
        "account messages_in_first messages_in_second",
        [("p:hub", 10, 2), ("p:kid1", 4, 8)], (4, 4),
    ),
    "accounts-of-identifier": (
        "account kind times first_at",
        [("p:hub", "device", 2, day(5)), ("q:heron", "device", 2, day(5))], (3, 2),
    ),
    "accounts-of-role": (
        "account platform contacts minors",
        [("p:mod", "p", 2, 2)], (1, 0),
    ),
    "accounts-reported-by-minors": (
        "account minors reports first_at last_at",
        [("p:hub", 2, 3, day(9), day(11)), ("p:late", 1, 1, day(22), day(22))], (2, 0),
    ),
    "accounts-sharing-an-identifier": (
        "account kind value used_by left_out",
        [
            ("q:heron", "device", "d1", 2, None), ("p:ann", "ip", "10.0.0.1", 4, None),
            ("p:kid1", "ip", "10.0.0.1", 4, None), ("p:mod", "ip", "10.0.0.1", 4, None),
        ],
        (7, 6),
    ),
    "accounts-without-age": (
        "account minor_basis contacts",
        [("p:kid3", "stated", 2)], (1, 0),
    ),
    "accounts-without-identifiers": (
        "account contacts",
        [("p:late", 1)], (1, 0),
    ),
    "bridges-between-rooms": (
        "first second bridges accounts",
        [("p:games", "p:lobby", 2, ["p:hub", "p:kid1"])], (4, 4),
    ),
    "bursts-of-first-contacts": (
        "account day opened replies",
        [
            ("q:back", "2024-03-03", 1, 0), ("p:hub", "2024-03-05", 1, 5), ("p:hub", "2024-03-06", 1, 0),
            ("p:hub", "2024-03-07", 1, 0), ("p:hub", "2024-03-08", 1, 0), ("p:mod", "2024-03-10", 1, 1),
            ("p:mod", "2024-03-11", 1, 0), ("p:ann", "2024-03-12", 1, 0), ("p:late", "2024-03-21", 1, 0),
        ], (5, 0),
    ),
    "common-contacts": (
        "account declared_age", [("p:kid1", 13), ("p:kid2", 14)], (4, 6),
    ),
    "common-identifiers": (
        "kind identifier used_by first_of_first last_of_first first_of_second last_of_second",
        [("device", "device:d1", 2, day(5), day(6), day(5), day(6))], (3, 2),
    ),
    "common-owners": (
        "owner kind chains_to_first chains_to_second",
        [("h:boss", "Person", 2, 2), ("h:small", "Person", 1, 2)], (8, 10),
    ),
    "common-rooms": (
        "room messages_of_first messages_of_second first_contact second_contact",
        [("p:games", 2, 8, day(5), day(5)), ("p:lobby", 10, 4, day(5), day(5))], (4, 4),
    ),
    "companies-below-owner": (
        "company steps share",
        [
            ("c:mid", 1, 0.8), ("c:ring1", 1, 0.5), ("c:side", 1, 1.0), ("c:op", 2, 0.4), ("c:op", 2, 0.25),
            ("c:ring2", 2, 0.25), ("c:site", 2, 0.375), ("c:ring1", 3, 0.0625), ("c:site", 4, 0.046875),
        ],
        (7, 8),
    ),
    "companies-without-owner": (
        "company jurisdiction companies platforms",
        [("c:lone", "CY", 0, 0)], (1, 0),
    ),
    "contacts-across-ages": (
        "account minor declared_age gap messages replies first_at",
        [
            ("p:mod", "p:kid1", 13, 27, 2, 1, day(10)), ("p:mod", "p:kid2", 14, 26, 2, 0, day(11)),
            ("p:hub", "p:kid1", 13, 21, 20, 5, day(5)), ("p:hub", "p:kid2", 14, 20, 7, 0, day(6)),
        ], (4, 4),
    ),
    "contacts-across-platforms": (
        "account contact messages replies first_at last_at",
        [("p:ann", "q:heron", 6, 0, day(12), day(14))], (2, 1),
    ),
    "contacts-after-report": (
        "contact declared_age messages first_at last_at reported_at begun_after",
        [("p:kid3", None, 4, day(21), day(24), day(22), False)], (2, 1),
    ),
    "contacts-before-creation": (
        "account created_at first_at contact",
        [("q:back", day(9), day(3), "q:ban")], (2, 1),
    ),
    "contacts-between": (
        "account contact messages replies wrote_first days first_at last_at",
        [
            ("p:hub", "p:kid1", 20, 5, True, 4, day(5), day(9)),
            ("p:kid1", "p:hub", 5, 20, False, 2, day(5, 13), day(8)),
        ], (2, 2),
    ),
    "contacts-of": (
        "contact sent received", [("p:hub", 5, 20), ("p:mod", 1, 2)], (3, 4),
    ),
    "contacts-of-group": (
        "contact declared_age members messages first_at last_at",
        [
            ("p:kid1", 13, 2, 22, day(5), day(10)), ("p:kid2", 14, 2, 9, day(6), day(11)),
            ("p:kid3", None, 2, 7, day(7), day(24)),
        ], (6, 6),
    ),
    "contacts-of-lead": (
        "member contact declared_age messages replies first_at last_at",
        [
            ("p:hub", "p:kid2", 14, 7, 0, day(6), day(7)), ("p:hub", "p:kid3", None, 3, 0, day(7), day(7)),
            ("p:hub", "p:ann", 30, 1, 0, day(8), day(8)),
        ], (4, 3),
    ),
    "contacts-within-group": (
        "account contact messages replies wrote_first first_at last_at",
        [
            ("p:hub", "p:kid1", 20, 5, True, day(5), day(9)), ("p:kid1", "p:hub", 5, 20, False, day(5, 13), day(8)),
            ("p:kid1", "p:mod", 1, 2, False, day(10, 13), day(10, 13)),
            ("p:mod", "p:kid1", 2, 1, True, day(10), day(10)),
        ], (3, 4),
    ),
    "counts-by-label": (
        "label count",
        [
            ("Account", 11), ("Company", 7), ("Finding", 2), ("Identifier", 4), ("Person", 4), ("Platform", 2),
            ("Room", 2),
        ], (0, 0),
    ),
    "creations-by-day": (
        "day count",
        [("2024-03-01", 4), ("2024-03-02", 2)], (0, 0),
    ),
    "devices-over-time": (
        "first_at last_at identifier times used_by others",
        [(day(5), day(6), "device:d1", 2, 2, ["q:heron"])], (3, 2),
    ),
    "findings-about": ("finding part score", [("hub-1", "member", 0.97)], (2, 1)),
    "findings-and-whom-they-involve": (
        "finding part label involved name",
        [
            ("hub-1", "member", "Account", "p:hub", "Heron"), ("hub-1", "target", "Account", "p:kid1", "Wren"),
            ("owner-1", "member", "Person", "h:boss", "A. Boss"),
            ("owner-1", "target", "Company", "c:op", "Operator Ltd"),
        ],
        (6, 4),
    ),
    "first-contacts-between": (
        "first_at account contacted",
        [(day(6), "p:hub", "p:kid2")], (2, 1),
    ),
    "first-contacts-by-day": (
        "day opened accounts",
        [
            ("2024-03-05", 1, ["p:kid1"]), ("2024-03-06", 1, ["p:kid2"]), ("2024-03-07", 1, ["p:kid3"]),
            ("2024-03-08", 1, ["p:ann"]),
        ], (5, 4),
    ),
    "first-contacts-with-minors": (
        "first_at minor declared_age basis known_then messages replies days",
        [
            (day(5), "p:kid1", 13, "declared", True, 20, 5, 4), (day(6), "p:kid2", 14, "declared", True, 7, 0, 2),
            (day(7), "p:kid3", None, "stated", False, 3, 0, 1), (day(8), "p:ann", 30, None, True, 1, 0, 1),
        ], (5, 4),
    ),
    "holders-over-time": (
        "since until holder interest share least",
        [
            (day(1), day(10), "h:former", "shareholding", 1.0, None),
            (day(1), day(10), "h:former", "votingRights", 0.5, None),
            (day(10), None, "c:ring1", "shareholding", None, 0.75),
            (day(10), None, "h:seat", "boardMember", None, None),
        ],
        (4, 4),
    ),
    "holdings-changed-in": (
        "company holder interest share since until began ended",
        [
            ("c:site", "h:former", "shareholding", 1.0, day(1), day(10), False, True),
            ("c:site", "h:former", "votingRights", 0.5, day(1), day(10), False, True),
            ("c:site", "c:ring1", "shareholding", None, day(10), None, True, False),
            ("c:site", "h:seat", "boardMember", None, day(10), None, True, False),
        ], (4, 4),
    ),
    "identifiers-across-platforms": (
        "kind value platforms accounts", [("device", "d1", 2, ["p:hub", "q:heron"])], (3, 2),
    ),
    "identifiers-of": (
        "kind value identifier used_by times first_at last_at",
        [
            ("device", "d1", "device:d1", 2, 2, day(5), day(6)),
            ("ip", "10.0.0.1", "ip:10.0.0.1", 4, 2, day(5), day(6)),
        ], (3, 2),
    ),
    "intermediaries": (
        "account contacts_in_first contacts_in_second",
        [("p:ann", 1, 1), ("p:kid1", 1, 1), ("p:kid2", 1, 1)], (6, 8),
    ),
    "leads-of-kind": (
        "finding tier score q_value members targets",
        [("hub-1", "strong", 0.97, 1e-09, 1, 1)], (3, 2),
    ),
    "longest-contacts": (
        "account contact days",
        [("p:hub", "p:kid1", 4), ("p:ann", "q:heron", 3), ("p:late", "p:kid3", 3)], (6, 3),
    ),
    "minors-both-contacted": (
        "minor declared_age first_contact second_contact messages_of_first messages_of_second",
        [("p:kid1", 13, day(5), day(10), 20, 2), ("p:kid2", 14, day(6), day(11), 7, 2)], (4, 4),
    ),
    "minors-contacted-by": (
        "minor messages replies wrote_first",
        [("p:kid1", 20, 5, True), ("p:kid2", 7, 0, True), ("p:kid3", 3, 0, True)], (4, 3),
    ),
    "minors-most-written-to": (
        "minor declared_age openers messages first_at last_at",
        [
            ("p:kid1", 13, 2, 22, day(5), day(10)), ("p:kid2", 14, 2, 9, day(6), day(11)),
            ("p:kid3", None, 2, 7, day(7), day(24)),
        ], (3, 0),
    ),
    "most-reported-accounts": (
        "account reporters reports first_at",
        [("p:hub", 2, 3, day(9)), ("p:late", 1, 1, day(22))], (2, 0),
    ),
    "most-shared-identifiers": (
        "identifier value used_by",
        [("device:d2", "d2", 3), ("device:d1", "d1", 2)], (2, 0),
    ),
    "neighbours-of-reported-accounts": (
        "account contacts reported", [("p:kid3", 2, ["p:hub", "p:late"])], (1, 0),
    ),
    "never-answered-openers": ("account opened unanswered share", [("p:hub", 4, 3, 0.75)], (1, 0)),
    "new-accounts-contacting-minors": (
        "account created_at minors messages",
        [("p:late", day(20), 1, 4)], (1, 0),
    ),
    "night-contacts-with-minors": (
        "account at_night opened share",
        [("p:hub", 3, 3, 1.0), ("p:mod", 2, 2, 1.0)], (2, 0),
    ),
    "operators-of-platform": (
        "company owner share", [("c:op", "c:mid", 0.5), ("c:op", "c:side", 0.25)], (4, 3),
    ),
    "owners-of-company": (
        "owner kind steps share",
        [("h:boss", "Person", 2, 0.4), ("h:boss", "Person", 2, 0.25), ("h:small", "Person", 2, 0.0625)], (5, 5),
    ),
    "owners-of-several-companies": (
        "owner kind companies",
        [("h:boss", "Person", 3), ("c:ring1", "Company", 2), ("h:small", "Person", 2)], (7, 7),
    ),
    "ownership-circles": ("companies share through", [(2, 0.125, ["c:ring1", "c:ring2"])], (2, 2)),
    "pairs-with-common-minors": (
        "first second minors",
        [("p:hub", "p:mod", 2)], (2, 0),
    ),
    "path-between": (
        "steps through",
        [
            (2, ["p:hub", "ip:10.0.0.1", "p:mod"]), (2, ["p:hub", "p:kid1", "p:mod"]),
            (2, ["p:hub", "p:kid2", "p:mod"]),
        ],
        (5, 8),
    ),
    "platforms-of-owner": (
        "platform company chains steps",
        [("p", "c:op", 2, 2), ("q", "c:site", 2, 2)], (9, 10),
    ),
    "posters-of-room": (
        "account declared_age messages first_at last_at",
        [
            ("p:hub", 34, 10, day(5), day(6)), ("p:mod", 40, 9, day(5), day(6)), ("p:kid1", 13, 4, day(5), day(6)),
            ("p:kid2", 14, 3, day(5), day(6)),
        ], (5, 4),
    ),
    "rare-shared-devices": (
        "value used_by accounts",
        [("d1", 2, ["p:hub", "q:heron"]), ("d2", 3, ["p:kid1", "p:kid2", "p:kid3"])], (7, 5),
    ),
    "reciprocity": (
        "account contacts answered share sent received",
        [("p:hub", 4, 1, 0.25, 31, 5), ("p:mod", 2, 1, 0.5, 4, 1), ("p:kid1", 2, 2, 1.0, 6, 22)], (3, 0),
    ),
    "reports-about": (
        "made_at reporter reason",
        [
            (day(9), "p:kid1", "pressure"), (day(10), "p:kid2", "asks for photos"), (day(11), "p:kid2", "again"),
        ],
        (3, 3),
    ),
    "reports-by": (
        "made_at reported_account reason",
        [(day(10), "p:hub", "asks for photos"), (day(11), "p:hub", "again")], (2, 2),
    ),
    "room-to-private": (
        "account contact declared_age met_at first_at messages replies",
        [
            ("p:hub", "p:kid1", 13, day(5), day(5), 20, 5), ("p:hub", "p:kid2", 14, day(5), day(6), 7, 0),
            ("p:mod", "p:kid1", 13, day(5), day(10), 2, 1), ("p:mod", "p:kid2", 14, day(5), day(11), 2, 0),
        ], (5, 8),
    ),
    "rooms-by-share-of-minors": (
        "room posters minors share messages",
        [("p:games", 3, 2, 2 / 3, 11), ("p:lobby", 4, 2, 0.5, 26)], (2, 0),
    ),
    "rooms-feeding": (
        "room opened minors messages",
        [("p:games", 2, 2, 23), ("p:lobby", 2, 2, 27)], (6, 9),
    ),
    "rooms-of": (
        "room messages first_at", [("p:lobby", 10, day(5)), ("p:games", 2, day(5))], (3, 2),
    ),
    "rooms-of-reported-accounts": (
        "room accounts reported messages",
        [("p:lobby", 1, ["p:hub"], 10), ("p:games", 1, ["p:hub"], 2)], (3, 2),
    ),
    "same-pseudonym": (
        "count platforms accounts",
        [(2, 2, ["p:late", "q:back"])], (2, 0),
    ),
    "shared-addresses": (
        "identifier used_by accounts first_at last_at",
        [("ip:10.0.0.1", 4, ["p:ann", "p:hub", "p:kid1", "p:mod"], day(5), day(6))], (5, 4),
    ),
    "silent-after-report": (
        "account reports reported_at last_at",
        [("p:hub", 3, day(9), day(9))], (1, 0),
    ),
    "stub-accounts": (
        "account platform contacts",
        [("p:alone", "p", 0)], (1, 0),
    ),
    "successors-of": (
        "successor created_at kind identifier used_by last_used first_used",
        [("q:back", day(9), "email", "email:crow@example.org", 2, day(7), day(9))], (3, 2),
    ),
    "ultimate-owners": (
        "owner kind share chains steps",
        [("h:boss", "Person", 0.421875, 2, 2), ("h:small", "Person", 0.2109375, 2, 2)], (5, 5),
    ),
    "unanswered-contacts-of": (
        "contact declared_age messages days first_at last_at",
        [
            ("p:kid2", 14, 7, 2, day(6), day(7)), ("p:kid3", None, 3, 1, day(7), day(7)),
            ("p:ann", 30, 1, 1, day(8), day(8)),
        ], (4, 3),
    ),
    "who-held": (
        "company owner share nominee steps through",
        [
            ("c:site", "h:boss", 0.375, False, 2, ["h:boss", "c:ring1", "c:site"]),
            ("c:site", "h:small", 0.1875, True, 2, ["h:small", "c:ring1", "c:site"]),
            ("c:site", "h:boss", 0.046875, False, 4, ["h:boss", "c:ring1", "c:ring2", "c:ring1", "c:site"]),
            ("c:site", "h:small", 0.0234375, True, 4, ["h:small", "c:ring1", "c:ring2", "c:ring1", "c:site"]),
        ],
        (5, 5),
    ),
    "who-is-in-lead": (
        "part label involved",
        [("member", "Account", "p:hub"), ("target", "Account", "p:kid1")], (3, 2),
    ),
}
