"""«Kontoer»: who may sign in, for whoever looks after that."""
