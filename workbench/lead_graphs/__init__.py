"""What graph shows the evidence of a lead?  Drawn from the very records it cites, by kind."""

from workbench.lead_graphs.caption import (
    Caption,
    Link,
    caption_of,
    caption_text,
    numbered,
    on_one_line,
    order_lines,
    order_told,
)
from workbench.lead_graphs.draw import MOST_NODES, drawing_of
from workbench.lead_graphs.drawing import BYSTANDER, LATER, LIKELY, MEMBER, SUBJECT, TARGET, Drawing
from workbench.lead_graphs.together import together

__all__ = [
    "BYSTANDER", "LATER", "LIKELY", "MEMBER", "MOST_NODES", "SUBJECT", "TARGET", "Caption", "Drawing", "Link",
    "caption_of", "caption_text", "drawing_of", "numbered", "on_one_line", "order_lines", "order_told", "together",
]
