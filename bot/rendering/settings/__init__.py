"""The settings of a series: one module for each section, and the modal that shows them."""
