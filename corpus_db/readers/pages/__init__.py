"""Pages of the web: HTML, saved pages, web archives; and the HTML inside other formats."""
