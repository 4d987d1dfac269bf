"""The single-file HTML report: templates, style, script, and the layout of a StoryView in them."""
