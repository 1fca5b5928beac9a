"""The limits that sliders, links, estimators and property tests share."""

EPSILON_MIN = 0.01
EPSILON_MAX = 100.0
EPSILON_CHOICES = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
EPSILON_DEFAULT = 1.0

CLUSTERS_MIN = 2
CLUSTERS_MAX = 12
CLUSTERS_DEFAULT = 4

PEOPLE_MIN = 30
PEOPLE_MAX = 1_000_000
PERSONAS_MIN = 2
PERSONAS_MAX = 10
SEED_MAX = 2**31 - 1

COLUMNS_MAX = 60
UPLOAD_MEGABYTES = 200
#: Files of all visitors together; whoever comes when they are full is asked to come later.
UPLOADS_MEGABYTES = 1024
UPLOAD_ROWS_MAX = 20_000_000
BOUND_LIMIT = 1e12
