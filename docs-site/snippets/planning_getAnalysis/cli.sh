br plan next
br plan critical-path
