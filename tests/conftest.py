"""What does every test have at hand?  The engines' fixtures."""

pytest_plugins = ["tests.engines"]
