"""The screens: widgets and calls; what loops over data stands in ``models``."""
