"""The pictures of a report: shapes that hold what is drawn, and one module that draws them."""

from workbench.report.pictures.drawing import png, svg
from workbench.report.pictures.shapes import Bars, Lanes, Matrix, Picture

__all__ = ["Bars", "Lanes", "Matrix", "Picture", "png", "svg"]
