"""The peer-support service in plain Python: who, what may happen, who may know."""
