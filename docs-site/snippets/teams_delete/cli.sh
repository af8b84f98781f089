br teams delete frontend --yes
