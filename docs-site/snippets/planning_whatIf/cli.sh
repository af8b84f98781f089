br plan critical-path --what-if T-12=16
