"""The doors: command line and HTTP. They see the shop and the settings only."""
