"""forms-service: low-code forms that start durable workflows, ready for a likemannstjeneste."""

__version__ = "0.1.0"
