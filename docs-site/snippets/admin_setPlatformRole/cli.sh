br admin role max@example.com support-agent
