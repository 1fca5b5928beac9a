"""The privacy page: what was promised, what was released, and at what price."""
