"""The survey on a phone, its results, and what phones show while a presenter leads."""
