br template list --kind pack
