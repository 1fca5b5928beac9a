"""Attacks to try: without me, guess who, and why hiding names is not enough. Insider experiments, all of them."""
