"""The desk's pages of sections: their tree, a section's page, and what is done with them."""
