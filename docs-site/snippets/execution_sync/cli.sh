br sync --dry-run
