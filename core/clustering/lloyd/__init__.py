"""Private Lloyd: k-means whose every step is noisy; the engine of the 2020 prototype, corrected."""
