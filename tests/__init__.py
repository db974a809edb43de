"""The suite starts some two hundred processes of Python: what each compiles is kept, whatever the machine's default is.

Where containers and build servers say that no bytecode is written, every one of them would compile our code again.
"""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
