"""What is printed where: words, lines, layout."""
