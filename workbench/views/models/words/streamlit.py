"""What do Streamlit's own parts say on a page, and what is that in the language of the screens?

Streamlit speaks English alone.  ``language.js`` puts these words in the place of its own, and only inside the parts
named here, so that nothing that stands in a case is ever changed.
"""

from types import MappingProxyType

from workbench.language import Words


def _(message: str) -> str:
    return message


_LOST = MappingProxyType({
    "Connection error": _("Connection lost"),
    "Streamlit server is not responding. Are you connected to the internet?": _(
        "The workbench is not answering. Is it still running?"),
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": _(
        "The workbench is not answering. Is it still running? If not, start it as before:"),
    "streamlit run yourscript.py": "filature ui",
})
"""What it says where the server is gone, and what this workbench says in its place, in English too."""
PHRASES = MappingProxyType({
    "[data-testid=stFileUploader]": (
        _("Upload"), _("{number}GB per file"), _("{size} per file"), _("Drag and drop files here"),
        _("Drag and drop a file here"), _("Add files"), _("Remove {name}"), _("Cancel upload of {name}"),
        _("File must be {size} or smaller."), _("Click to retry upload"),
        _("{number}GB"), _("{number}MB"), _("{number}KB"), _("{number}B"),
    ),
    "[data-testid=InputInstructions]": (
        _("Press Enter to apply"), _("Press Enter to submit form"), _("Press Ctrl+Enter to apply"),
        _("Press Ctrl+Enter to submit form"), _("Press ⌘+Enter to apply"), _("Press ⌘+Enter to submit form"),
    ),
    # a button that copies a text stands by itself
    "[data-testid=stElementToolbar], [data-testid=stElementToolbarButton], [data-testid=stTooltipContent]": (
        _("Fullscreen"), _("Close fullscreen"), _("Search"), _("Show/hide columns"),
        _("Clear selection"), _("Show data"), _("Show chart"), _("Copy column name"),
        _("Copy to clipboard"),
    ),
    "[data-testid=stDataFrameColumnMenu], [data-testid=stDataFrameColumnFormattingMenu],"
    " [data-testid=stDataFrameStatisticsMetrics], [data-testid=stDataFrameColumnMenuTarget]": (
        _("Sort ascending"), _("Sort descending"), _("Format"), _("Autosize"), _("Pin column"), _("Unpin column"),
        _("Hide column"), _("Statistics"), _("Automatic"), _("Localized"), _("Plain"), _("Compact"),
        _("Dollar"), _("Euro"), _("Yen"), _("Percent"), _("Scientific"), _("Accounting"), _("Distance"),
        _("Calendar"), _("Duration"), _("Values"), _("Empty"), _("Distinct"), _("Minimum"), _("Maximum"),
        _("Average"), _("Median"), _("Standard deviation"), _("Sum"), _("Range"), _("Minimum length"),
        _("Maximum length"), _("Average length"), _("No data"), _("Based on sample"), _("Dataframe column menu"),
    ),
    "[data-testid=stDataFrameColumnVisibilityMenu]": (_("Select all"),),
    ".gdg-search-bar": (
        _("Type to search"), _("Previous Result"), _("Next Result"), _("Close Search"), _("{number} result"),
        _("{number} results"),
    ),
    "[data-testid=stSelectbox], [data-testid=stMultiSelect], [data-testid=stTextInput], [data-testid=stNumberInput]": (
        _("Open"), _("No options to select"), _("Choose an option"), _("Choose options"), _("Clear value"),
        _("Clear entry"), _("Clear all"), _("Selected values"), _("Remove {name}"),
        _("Increment"), _("Decrement"),
    ),
    "[data-testid=stSelectboxVirtualDropdown], [data-testid=stMultiSelectDropdown]": (
        _("No results"), _("Select all"), _("Select {number} matches"), _("Add: {name}"),
    ),
    "[data-testid=stDateInput], [data-testid=stDateInputCalendar]": (
        _("Choose date"), _("Clear date"), _("yyyy"), _("mm"), _("dd"), _("year, {field}"), _("month, {field}"),
        _("day, {field}"), _("Empty"), _("Use arrow keys to navigate dates. Enter to select. Escape to close."),
    ),
    "[data-testid=stSidebar], [data-testid=stHeader], [data-testid=stSkipToContent], [data-testid=stStatusWidget]": (
        _("Skip to main content"), _("Sidebar"), _("App pages"), _("Collapse sidebar"), _("Expand sidebar"),
        _("Navigate to home page"), _("Running..."),
    ),
    "[data-testid=stTooltipIcon]": (_("Help for {name}"), _("Help")),
    "[data-testid=stTabs]": (_("Scroll tabs left"), _("Scroll tabs right")),
    "[data-testid=stDialog] button, [data-testid=stToast] button": (_("Close"),),
    "[data-testid=stDialog]": tuple(_LOST),
})
"""Selector of a part to what it says; ``{name}`` is what stands there, and stays (``{number}`` is written by the
language, ``{size}`` is one of the phrases itself)."""


def spoken(words: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    """Of each part its selector, and its phrases with what they are in this language."""
    return [
        (part, [(phrase, words.gettext(_LOST.get(phrase, phrase))) for phrase in phrases])
        for part, phrases in PHRASES.items()
    ]
