br keys create "CI/CD Pipeline" --scope planner.read,builder.run,qa.run
