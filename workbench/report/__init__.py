"""The case report: chosen leads with their records, what is concluded, what speaks against it, and the hashes.

``make.make_report`` writes one, ``make.compose`` and ``formats.rendered`` give its bytes, ``recheck.recheck`` hashes
written ones again.  Nothing is imported here: drawing and PDF are only loaded where a report is made.
"""
