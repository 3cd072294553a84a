"""What goes with what: the additive evidence of behaviour, and the closed-form models it gives."""
