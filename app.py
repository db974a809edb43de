"""The workbench: page set-up, composition, navigation; nothing else."""

from workbench.views.frame import main

# A worker process imports this file as __mp_main__: it must not run the page.
if __name__ == "__main__":
    main()
