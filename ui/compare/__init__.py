"""The compare page: plain and private clusterings side by side."""
