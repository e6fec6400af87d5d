"""From files to the server: read every row, send every good one, name every bad one."""
