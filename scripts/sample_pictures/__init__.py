"""Draws the pictures of the sample newsroom: scenes and a chart, as SVG text, in the colours of the paper."""
