curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/plan/import" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{
  "document": {
    "version": 1,
    "project": {
      "name": "Website"
    },
    "milestones": [
      {
        "id": "M-1",
        "title": "Alpha"
      }
    ]
  },
  "replace": true
}'
