br webhooks create https://hooks.example.com/buildrunner --kinds "comment.*,plan.changed"
