"""The Explore screen: what is drawn, its toolbar and panels, what a person does on the canvas."""
