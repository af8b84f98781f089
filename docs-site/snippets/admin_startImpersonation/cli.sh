br admin impersonate max@example.com --reason "Support ticket debugging" --minutes 60
