"""What runs in the embedded engine's own process?  Apart from its clients, so that it starts without the driver."""
