"""Chain of custody: who brought what, what was done with it, and is it still what it was?

``receipt`` is what an ingest records of its sources, ``log`` reads it back with everything that followed,
``verification`` checks all of it, ``sealing`` and ``stamping`` fix a state of the case so that others can hold it
against the case later.
"""
