"""The grammar of expressions: words, tree, values and types. Others use ``language.expression``."""
