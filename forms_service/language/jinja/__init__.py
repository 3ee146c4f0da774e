"""How texts with ``{{ names }}`` are read. Others use ``language.template``."""
