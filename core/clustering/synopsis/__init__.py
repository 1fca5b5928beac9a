"""The synopsis engine: a private weighted coreset of the people, to be clustered for any k."""
