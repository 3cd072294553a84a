"""A person out of everything that holds something of people, with a receipt."""
