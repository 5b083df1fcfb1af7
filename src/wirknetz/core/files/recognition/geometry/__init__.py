"""Where things stand on a sheet: regions, columns, headings, rows, and the labels of a number."""
