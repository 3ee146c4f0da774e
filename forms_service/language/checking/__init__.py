"""Checks that the files of a folder fit together. Others use ``language.check`` and ``language.load``."""
