"""``python -m workbench`` is ``filature``."""

from workbench.cli import main

if __name__ == "__main__":
    main()
