br notifications list --unread
