"""Pure functions over text: cleaning, folding, tokens, queries, matching and layout."""
