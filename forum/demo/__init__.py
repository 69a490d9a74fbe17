"""The demonstration network: invented people in real municipalities, made through the same actions as all else."""
