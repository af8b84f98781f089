curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/writes" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{
  "replica_id": "01a2008b-71a0-7f2e-be42-65f046903171",
  "base_sequence": 2,
  "writes": [
    {
      "number": 1,
      "changes": [
        {
          "op": "update",
          "id": "T-12",
          "set": {
            "title": "Write the handbook"
          }
        }
      ],
      "base": [
        {
          "op": "update",
          "id": "T-12",
          "set": {
            "title": "Write the guide"
          }
        }
      ]
    }
  ]
}'
