"""The 2020 prototype's engine, corrected: Lloyd's k-means that sees the people through noise only."""
