br plan graph --level milestone --all
