"""The words sent to the model: Markdown files, and the lines that fill them in."""
