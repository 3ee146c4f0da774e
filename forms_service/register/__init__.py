"""A service of another trade, described by ``service.yaml`` alone: its roles, its records, its moves."""
