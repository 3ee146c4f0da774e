"""Other languages than bokmål: catalogues of texts in PO files, and the language that is being spoken."""
