BEGIN TRANSACTION;
CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	person TEXT NOT NULL, 
	case_name TEXT NOT NULL, 
	action TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "audit" VALUES(1,'2024-05-01T12:00:00Z','ann','','save query','{"seq": 1, "sha256": "375a3d3932bbb0c0f4952ef9fa987c1102c760ce27ca65c286fb31b293bfa77e", "table": "saved_queries"}','','364d16f73a4cbf89bdb06e24779139a0d49c1381f96b0705b90c3d0dc1f74b54');
INSERT INTO "audit" VALUES(2,'2024-05-01T12:00:00Z','ann','','save query','{"seq": 2, "sha256": "da7d1552a432a7c152dfe1c2cfa57d56d7d12b145d6d0e9ab2e8ed618860a533", "table": "saved_queries"}','364d16f73a4cbf89bdb06e24779139a0d49c1381f96b0705b90c3d0dc1f74b54','81f13c07789d762071fef8e8c4d5de4056f154538dce9757ce030c68ee8101aa');
INSERT INTO "audit" VALUES(3,'2024-05-01T12:00:00Z','bob','','save query','{"seq": 3, "sha256": "9053edaddcd07171c8d977338bf06af38b447e4257d8da3c5bcb74fb5a49430e", "table": "saved_queries"}','81f13c07789d762071fef8e8c4d5de4056f154538dce9757ce030c68ee8101aa','5357e88e4c69e676ab713ce93f15310de8f628bcd657d808abd20c8841b551e8');
INSERT INTO "audit" VALUES(4,'2024-05-01T12:00:00Z','ann','c','judge','{"seq": 1, "sha256": "2e7fee12771b79d37dff9907d8d8e0c39d8986c43f52d0b4165353ad24cdd061", "table": "judgements"}','5357e88e4c69e676ab713ce93f15310de8f628bcd657d808abd20c8841b551e8','fab042e72c58b455077342fe1e3be9ed03df349fb462552dbb2cb62e41588484');
INSERT INTO "audit" VALUES(5,'2024-05-01T12:00:00Z','ann','c','note','{"seq": 1, "sha256": "e942b2394fe533be3bc872570855c85a303489af9590f16e84d5e0b0d63dcda2", "table": "remarks"}','fab042e72c58b455077342fe1e3be9ed03df349fb462552dbb2cb62e41588484','c752b36686bb0a563b151c116d901d48740dfde785956691927251621371e884');
INSERT INTO "audit" VALUES(6,'2024-05-01T12:00:00Z','ann','c','run statement','{"seq": 1, "sha256": "3c234fcb7538a9dc72199dd4a6bb0ef4f6eb2df51be915dee8e8755e4755b403", "table": "statements"}','c752b36686bb0a563b151c116d901d48740dfde785956691927251621371e884','1164fcf4cbed43ede91b5a9c49f8a12a9d20378c173b2de66f6aff092acb7537');
CREATE TABLE audit_head (
	one INTEGER NOT NULL, 
	length INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (one)
);
INSERT INTO "audit_head" VALUES(1,6,'1164fcf4cbed43ede91b5a9c49f8a12a9d20378c173b2de66f6aff092acb7537');
CREATE TABLE casebook_schema (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "casebook_schema" VALUES(4);
CREATE TABLE judgements (
	seq INTEGER NOT NULL, 
	case_name TEXT NOT NULL, 
	finding_id TEXT NOT NULL, 
	status TEXT NOT NULL, 
	note TEXT NOT NULL, 
	person TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "judgements" VALUES(1,'c','hub-1','open','n','ann','2024-05-01T12:00:00Z');
CREATE TABLE pictures (
	name TEXT NOT NULL, 
	case_name TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "pictures" VALUES('501cf1bc6ec6bb3ce97f','c','{}');
CREATE TABLE places (
	person TEXT NOT NULL, 
	case_name TEXT NOT NULL, 
	screen TEXT NOT NULL, 
	address TEXT NOT NULL, 
	PRIMARY KEY (person, case_name, screen)
);
INSERT INTO "places" VALUES('ann','c','Leads','{"lead": "hub-1"}');
CREATE TABLE remarks (
	seq INTEGER NOT NULL, 
	case_name TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	text TEXT NOT NULL, 
	person TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "remarks" VALUES(1,'c','finding:hub-1','note','more','ann','2024-05-01T12:00:00Z');
CREATE TABLE saved_queries (
	seq INTEGER NOT NULL, 
	query_id TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	shared BOOLEAN NOT NULL, 
	at TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	CONSTRAINT saved_queries_revision UNIQUE (owner, query_id, revision)
);
INSERT INTO "saved_queries" VALUES(1,'late-openers','ann',1,0,'2024-05-01T12:00:00Z','// id: late-openers
// title: Late openers
// description: Who writes at night
// param: account text -- Whose
// revision: 1
// risk: low
// headline: Rows: {rows}

MATCH (a {id: $account}) RETURN a
');
INSERT INTO "saved_queries" VALUES(2,'late-openers','ann',2,1,'2024-05-01T12:00:00Z','// id: late-openers
// title: Later openers
// description: Who writes at night
// param: account text -- Whose
// revision: 2
// risk: low
// headline: Rows: {rows}

MATCH (a {id: $account}) RETURN a
');
INSERT INTO "saved_queries" VALUES(3,'of-bob','bob',1,0,'2024-05-01T12:00:00Z','// id: of-bob
// title: Late openers
// description: Who writes at night
// param: account text -- Whose
// revision: 1
// risk: low
// headline: Rows: {rows}

MATCH (a {id: $account}) RETURN a
');
CREATE TABLE statements (
	seq INTEGER NOT NULL, 
	case_name TEXT NOT NULL, 
	text TEXT NOT NULL, 
	parameters TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	person TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "statements" VALUES(1,'c','RETURN 1','{"types": {}, "values": {}}','1 rows','ann','2024-05-01T12:00:00Z');
CREATE INDEX ix_judgements_finding_id ON judgements (finding_id);
CREATE INDEX ix_judgements_case_name ON judgements (case_name);
CREATE INDEX ix_remarks_subject ON remarks (subject);
CREATE INDEX ix_remarks_case_name ON remarks (case_name);
CREATE INDEX ix_statements_case_name ON statements (case_name);
CREATE INDEX ix_statements_person ON statements (person);
CREATE TRIGGER saved_queries_no_update BEFORE UPDATE ON saved_queries BEGIN SELECT RAISE(ABORT, 'saved_queries is append-only'); END;
CREATE TRIGGER saved_queries_no_delete BEFORE DELETE ON saved_queries BEGIN SELECT RAISE(ABORT, 'saved_queries is append-only'); END;
CREATE TRIGGER judgements_no_update BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements is append-only'); END;
CREATE TRIGGER judgements_no_delete BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements is append-only'); END;
CREATE TRIGGER remarks_no_update BEFORE UPDATE ON remarks BEGIN SELECT RAISE(ABORT, 'remarks is append-only'); END;
CREATE TRIGGER remarks_no_delete BEFORE DELETE ON remarks BEGIN SELECT RAISE(ABORT, 'remarks is append-only'); END;
CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements BEGIN SELECT RAISE(ABORT, 'statements is append-only'); END;
CREATE TRIGGER statements_no_delete BEFORE DELETE ON statements BEGIN SELECT RAISE(ABORT, 'statements is append-only'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
COMMIT;
