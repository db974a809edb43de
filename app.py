"""The workbench: page set-up, composition, navigation; nothing else."""
