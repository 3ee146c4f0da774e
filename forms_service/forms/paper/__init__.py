"""Forms on paper: to be filled in with a pen, and as they were filled in. Plain data; the documents room prints it."""
