br projects list --search web
