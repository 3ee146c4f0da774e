"""RQ as doorbell and worker pool: the bell, the job functions, the worker's loop and the poller's."""
