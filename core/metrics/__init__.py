"""How clusterings agree, and what their groups spend on."""
