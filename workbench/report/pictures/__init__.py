"""The pictures of a report: shapes that hold what is drawn, what is drawn by kind, and one module that draws them."""
