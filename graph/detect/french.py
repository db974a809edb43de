"""How are figures written in French sentences?  A decimal comma, and a narrow space between thousands."""


def decimal(value: float, digits: int = 2) -> str:
    """``1234.5`` as ``1 234,50``."""
    return f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",")


def share(value: float) -> str:
    """``0.275`` as ``28 %``."""
    return f"{100 * value:.0f}\u00a0%"


def comma(figure: str) -> str:
    """A figure written with a point, with a decimal comma."""
    return figure.replace(".", ",")


def significant(value: float) -> str:
    """Two significant digits: ``0.0123`` as ``0,012``."""
    return comma(f"{value:.2g}")
