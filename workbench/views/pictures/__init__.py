"""Pictures on the screens: what is drawn comes from ``workbench.views.models.pictures``, how from here."""
