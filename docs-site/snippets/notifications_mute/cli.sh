br notifications mute T-12
