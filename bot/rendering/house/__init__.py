"""House style: editors' own templates, which lay out our words around what people gave."""
