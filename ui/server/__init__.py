"""What stands around the pages: static files, bounds on requests, previews, warm-up."""

import os

# Visitors share the cores: one thread a fit. On a busy machine scikit-learn's threads wait for each other, and a fit
# of 12 ms takes seconds. Set before scikit-learn and its libraries are loaded, so before anything else of the server.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")
