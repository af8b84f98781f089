br notifications settings
