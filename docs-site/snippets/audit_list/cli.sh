br audit log --action member --from 2026-11-01
