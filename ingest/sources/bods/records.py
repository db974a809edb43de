"""Who and what stands in BODS statements?  One company or person a record, told by its latest statement."""

from ingest.lake.engine import literal


def whole_day(text: str) -> str:
    """SQL: a BODS date as a day; a year or a month alone is its first day, as the standard rounds."""
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{4}}') THEN {text} || '-01-01' "
        f"WHEN regexp_full_match({text}, '[0-9]{{4}}-[0-9]{{2}}') THEN {text} || '-01' ELSE nullif({text}, '') END"
    )


PROVENANCE = (
    ("statement", "statement"), ("statement_date", "nullif(day, '')"), ("status", "status"),
    ("declaration", "whole -> '$.declaration'"), ("declaration_subject", "whole -> '$.declarationSubject'"),
    ("publication", "whole -> '$.publicationDetails'"), ("source", "whole -> '$.source'"),
    ("bods_version", "whole ->> '$.publicationDetails.bodsVersion'"),
)


def attributes(*pairs: tuple[str, str]) -> str:
    """SQL of a JSON object of these names and SQL values, without those that are null."""
    listed = ", ".join(f"{literal(name)}, {value}" for name, value in pairs)
    return f"json_merge_patch('{{}}', json_object({listed}))::VARCHAR"


def companies_sql(statements: str) -> str:
    """Rows of companies, in the order of source and row."""
    told = attributes(
        ("entity_type", "coalesce(details ->> '$.entityType.type', details ->> '$.entityType')"),
        ("entity_subtype", "coalesce(details ->> '$.entityType.subtype', "
         "details ->> '$.entitySubtype.generalCategory')"),
        ("alternate_names", "details -> '$.alternateNames'"), ("former_names", _former("company_name")),
        ("identifiers", "details -> '$.identifiers'"), ("addresses", "details -> '$.addresses'"),
        ("dissolved_at", "details ->> '$.dissolutionDate'"), ("uri", "details ->> '$.uri'"),
        ("public_listing", "details -> '$.publicListing'"),
        ("unspecified", "details -> '$.unspecifiedEntityDetails'"), ("component", "details -> '$.isComponent'"),
        ("statements", "CASE WHEN statements > 1 THEN statements END"), *PROVENANCE,
    )
    place = "coalesce(details ->> '$.jurisdiction.code', details ->> '$.incorporatedInJurisdiction.code', " \
        "details ->> '$.jurisdiction.name', details ->> '$.incorporatedInJurisdiction.name')"
    return f"""
        SELECT source, row, record AS company_id, company_name AS name, {place} AS jurisdiction,
            {whole_day("(details ->> '$.foundingDate')")} AS incorporated_at, {told} AS attributes, raw
        FROM {_latest(statements, 'entity', 'company_name', "nullif(details ->> '$.name', '')")} ORDER BY source, row"""


def persons_sql(statements: str) -> str:
    """Rows of persons, in the order of source and row."""
    name = """coalesce(
        json_extract_string(list_filter(json_extract(details, '$.names[*]'),
            lambda n: (n ->> '$.type') IN ('legal', 'individual'))[1], '$.fullName'),
        details ->> '$.names[0].fullName',
        nullif(concat_ws(' ', details ->> '$.names[0].givenName', details ->> '$.names[0].familyName'), ''))"""
    told = attributes(
        ("person_type", "details ->> '$.personType'"), ("names", "details -> '$.names'"),
        ("former_names", _former("person_name")), ("nationalities", "details -> '$.nationalities'"),
        ("birth_date", "details ->> '$.birthDate'"), ("death_date", "details ->> '$.deathDate'"),
        ("identifiers", "details -> '$.identifiers'"), ("addresses", "details -> '$.addresses'"),
        ("residence", "details -> '$.placeOfResidence'"), ("exposure", "details -> '$.politicalExposure'"),
        ("unspecified", "details -> '$.unspecifiedPersonDetails'"), ("component", "details -> '$.isComponent'"),
        ("statements", "CASE WHEN statements > 1 THEN statements END"), *PROVENANCE,
    )
    return f"""
        SELECT source, row, record AS person_id, person_name AS name, {told} AS attributes, raw
        FROM {_latest(statements, 'person', 'person_name', name)} ORDER BY source, row"""


def _former(name: str) -> str:
    kept = f"list_sort(list_filter(list_distinct(names), lambda n: n IS DISTINCT FROM {name}))"
    return f"CASE WHEN len({kept}) > 0 THEN {kept} END"


def _latest(statements: str, kind: str, alias: str, name: str) -> str:
    """The latest statement of every record, with ``statements`` of it in all and the ``names`` they gave."""
    return f"""(
        SELECT *, count(*) OVER told AS statements, list({alias}) OVER told AS names,
            row_number() OVER (PARTITION BY record ORDER BY day DESC, source DESC, row DESC) AS age
        FROM (SELECT *, {name} AS {alias} FROM {statements} WHERE kind = {literal(kind)} AND fault IS NULL)
        WINDOW told AS (PARTITION BY record) QUALIFY age = 1
    )"""
