"""The panel beside the canvas: details, filters, style, paths, notes and saved views, a part each."""
