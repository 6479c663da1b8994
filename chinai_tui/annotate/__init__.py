"""Anchors that find a passage again, and rules that tell whose words it is."""
