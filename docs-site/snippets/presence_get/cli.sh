br presence
