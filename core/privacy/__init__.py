"""Privacy: sources of noise, named budgets, the ledger, and the audit."""
