"""The Leads screen: the list with its filters, the open lead, what people add to leads, running the detections."""
