"""Where people meet the bot: each file registers its listeners and knows nothing else."""
