"""What a release costs and who has paid: ledgers that are kept, prices before they are paid, a rehearsal for free."""
