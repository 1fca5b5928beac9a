"""What stands around the pages: static files, bounds on requests, warm-up."""
