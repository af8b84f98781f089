curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/templates" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{
  "document": {
    "format": 1,
    "name": "spike",
    "version": "1.0.0",
    "kind": "template",
    "title": "Spike",
    "description": "A question that is answered in days.",
    "plan": {
      "milestones": [
        {
          "id": "answer",
          "title": "The question is answered",
          "acceptanceCriteria": [
            {
              "text": "The answer is written down."
            }
          ]
        }
      ]
    }
  }
}'
