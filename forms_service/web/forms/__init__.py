"""Forms on pages: starting a workflow, answering a task, one-time links, receipts."""
