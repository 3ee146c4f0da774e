"""What a page weighs: files under names that may be kept for ever, and everything packed on its way."""
