br webhooks replay whk_01a2008b71a07f2ebe4265f046903171 --since 2026-11-20T00:00:00Z
