"""Widgets: state comes down from the screens, messages go up; none knows the workspace."""
