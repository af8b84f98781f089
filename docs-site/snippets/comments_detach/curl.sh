curl -sS --fail-with-body -X DELETE "https://api.buildrunner.com/api/comments/cmt_01a2008b71a07f2ebe4265f046903171/attachments/att_01a2008b71a07f2ebe4265f046903172" \
  -H "Authorization: Bearer your-api-key"
