"""What the console and the storefront share: the site, who visits, words, frames, tables and pictures."""
