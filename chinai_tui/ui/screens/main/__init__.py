"""The main screen: issues, text and names side by side."""
