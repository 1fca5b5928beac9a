"""Presenting: the presenter's key, rooms with their QR code, scenes for the projector, and hidden controls."""
