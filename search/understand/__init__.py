"""What a question says, apart from its words: language, years, names, kinds, the shape of the answer wanted."""
