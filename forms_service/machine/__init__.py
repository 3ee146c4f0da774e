"""What the service needs of the machine it runs on; nothing but the standard library, so that set-up can ask too."""
