"""The workbench: page set-up, composition, navigation; nothing else."""

# Run for every page; imported once by the server, before it answers, with all that pages need, so that nobody waits for
# it at the first one.  A worker process, which imports it as __mp_main__, needs neither.
if __name__ == "__main__":
    from workbench.views.frame import main

    main()
elif __name__ == "app":
    import gc

    import streamlit as st
    from altair.utils import schemapi
    from starlette.middleware import Middleware

    import workbench.views.frame  # noqa: F401
    from workbench.views.access.guarded_media import GuardedMedia
    from workbench.views.navigation.paths import answering
    from workbench.views.session import closing

    schemapi.DEBUG_MODE = False  # a chart is held against its schema whole, when it is sent; not each part too
    gc.collect()
    gc.freeze()  # what is imported stays: the collector need not go through it again at every page
    app = st.App(__file__, middleware=[*answering(), Middleware(GuardedMedia)], lifespan=closing)
