br audit export --output audit.jsonl
