"""What leaves the house, and its papers: releases, receipts, exports, and the whole path as one call."""
