"""Which metrics, methods, roles and groups a question names."""
