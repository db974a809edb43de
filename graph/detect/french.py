"""How are figures written in French sentences?  A decimal comma, and a narrow space between thousands."""


def decimal(value: float, digits: int = 2) -> str:
    """``1234.5`` as ``1 234,50``."""
    return f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",")


def share(value: float) -> str:
    """``0.275`` as ``28 %``."""
    return f"{100 * value:.0f}\u00a0%"
