br audit verify
