"""Documents: a template and plain data become a PDF that can be archived and read by everyone."""
