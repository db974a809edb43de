"""Which functions and procedures may a read-only statement call?  Lists, so that an engine's new ones start refused.

Both engines expose much more than openCypher's functions: ArcadeDB falls through to its SQL functions and to stored
scripts, and its ``do.when``, ``merge.node``, ``refactor.*``, ``util.sleep`` and ``file()`` write, wait or tell paths.
"""

def words(text: str) -> frozenset[str]:
    """The words of the text, folded to upper case."""
    return frozenset(text.upper().split())


# Pure functions that both Neo4j 5.26 and ArcadeDB 26.10 have.
FUNCTIONS = words("""
    abs acos asin atan atan2 avg btrim ceil ceiling char_length character_length coalesce collect cos cot count date
    date.truncate datetime datetime.fromepoch datetime.fromepochmillis datetime.truncate degrees duration
    duration.between duration.indays duration.inmonths duration.inseconds elementid endnode exp floor haversin head id
    isempty isnan keys labels last left length localdatetime localdatetime.truncate localtime localtime.truncate log
    log10 lower ltrim max min nodes normalize nullif percentilecont percentiledisc pi point point.distance
    point.withinbbox properties radians rand range relationships replace reverse right round rtrim sign sin size split
    sqrt startnode stdev stdevp substring sum tail tan time time.truncate timestamp toboolean tobooleanlist
    tobooleanornull tofloat tofloatlist tofloatornull tointeger tointegerlist tointegerornull tolower tostring
    tostringlist tostringornull toupper trim type upper valuetype vector.similarity.cosine vector.similarity.euclidean
    all any none single exists reduce shortestpath allshortestpaths filter extract randomuuid
    """)

# Procedures that only read the graph or its schema.
PROCEDURES = words("""
    db.labels db.relationshiptypes db.propertykeys db.schema.visualization db.schema.nodetypeproperties
    db.schema.reltypeproperties db.index.fulltext.querynodes db.index.fulltext.queryrelationships
    db.index.vector.querynodes db.ping dbms.components
    """)

# Words that stand before an opening bracket without being a function.
BEFORE_BRACKET = words("""
    ALL ANY ACYCLIC AND AS ASC ASCENDING BY CALL CASE CONTAINS DESC DESCENDING DISTINCT ELSE END ENDS EXISTS GROUP
    GROUPS IN IS JOIN LIMIT MATCH MANDATORY NOT NULL OFFSET ON OPTIONAL OR ORDER PATH PATHS RETURN SHORTEST SIMPLE SKIP
    STARTS THEN TRAIL UNION UNWIND WALK WHEN WHERE WITH XOR YIELD COUNT COLLECT REDUCE NONE SINGLE TRUE FALSE
    """)
