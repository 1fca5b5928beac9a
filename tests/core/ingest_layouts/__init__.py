"""Layouts that people really have, as data: a file is written from each and read as a careful reader would."""
